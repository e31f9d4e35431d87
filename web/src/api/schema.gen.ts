// Made from api/openapi.json by build/schema.js (npm run schema); do not edit.

export interface paths {
    "/healthz": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether the server and its store answer. */
        get: operations["health"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/openapi.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** This document. */
        get: operations["openapi"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/alarms": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What is wrong with the keeping of visits, the gravest first. An alarm goes away once it is mended. */
        get: operations["listAlarms"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/chain/{kind}/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The evidence behind a record, back to the observations. */
        get: operations["getChain"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/city": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What a client has to know about the city once. */
        get: operations["getCity"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/city/boundaries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The boundaries of the areas as GeoJSON, where the city has them. */
        get: operations["getBoundaries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/clock": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The clock that the records go by. */
        get: operations["getClock"];
        put?: never;
        /** Move the clock of a replay. A live clock cannot be moved. */
        post: operations["moveClock"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/clusters": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Where cases lie together: a prospective space-time scan over the areas of a rank, as it was known at a time. */
        get: operations["getClusters"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/counts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take in a file of counts as JSON or CSV. Bad rows are named by line and column; nothing is loaded unless the good ones are asked for. */
        post: operations["ingestCounts"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/counts/batches/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One act of taking in counts, with what came in. */
        get: operations["getBatch"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/counts/curve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The epidemic curve of a stream in an area, with the band that was to be expected, as it was known at a time. */
        get: operations["getCurve"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/counts/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Every version of the counts of a day, the newest first. */
        get: operations["getHistory"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/course": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How a course goes on: the reporting triangle, nowcasts of today and of earlier days, the reproduction number, the days to come. */
        get: operations["getCourse"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/declarations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The legal grounds on which visits are collected under pseudonyms, the newest first. */
        get: operations["listDeclarations"];
        put?: never;
        /** Propose a declaration and approve it as the first of two. It covers nothing until an officer of another organisation approves it. */
        post: operations["declareVisits"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/declarations/{id}/move": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Approve a declaration as the second officer, decline it, or end it before its time. */
        post: operations["moveDeclaration"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/demonstration": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The people whom one may be in the demonstration. A server of a real city has none. */
        get: operations["getDemonstration"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/directives": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Directives, the newest or the first due first. */
        get: operations["listDirectives"];
        put?: never;
        /** Issue a directive from a template under a decided proposal. */
        post: operations["issueDirective"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/directives/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One directive, with the steps that the reader may take. */
        get: operations["getDirective"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/directives/{id}/move": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take a step: acknowledge, report, verify, return, close, withdraw. Each needs its own right in the directive's area. */
        post: operations["moveDirective"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/duty": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who holds which post at an instant. */
        get: operations["listDuty"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/duty/shifts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Put a shift on the roster. */
        post: operations["addShift"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Verified signals. */
        get: operations["listEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/events/stream": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Live updates as server-sent events: act, clock, reset. Last-Event-ID resumes; each act comes at least once. */
        get: operations["streamEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/figures": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The questions that the records can answer. */
        get: operations["listFigures"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/figures/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The answer of one figure with the rows under it, as it was known at a time. */
        get: operations["askFigure"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/fsck": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Compare every record with what was journalled, and verify the chain. Nothing is written. */
        post: operations["checkRecords"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/inbox": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The signals of a day within each team's budget, the highest rank first, and those beyond it. */
        get: operations["getInbox"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/indicators": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The standing questions put to the streams, with when each last spoke and last had data. */
        get: operations["listIndicators"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/indicators/{id}/verdicts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What an indicator said of each day of an area when the day could first be judged, and what it says on what is known now. */
        get: operations["getVerdicts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/journal": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who did what, the newest first. */
        get: operations["listEntries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/journal/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One entry with its reason. */
        get: operations["getEntry"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/levels": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The levels of areas as they stood at an instant. */
        get: operations["listLevels"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/missed": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Outbreaks that no signal announced. */
        get: operations["listMissed"];
        put?: never;
        /** Record an outbreak that no signal announced, or correct or withdraw such a record. */
        post: operations["recordMissed"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/notices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Report in one's own words that something is unusual. It joins the same triage as the detectors' signals. */
        post: operations["reportNotice"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/packs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The rule packs that can be asked. */
        get: operations["listPacks"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/packs/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One pack: levels, rules and templates, with their wording and sources. */
        get: operations["getPack"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/packs/{id}/dry-run": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** What a pack would change now. Nothing is written. */
        post: operations["dryRunPack"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/people": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The names that stand for the ids in records, for everybody who is signed in. */
        get: operations["listPeople"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/proposals": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Proposals, the newest first. */
        get: operations["listProposals"];
        put?: never;
        /** Ask the rule about an area now, to accept or override what it says. */
        post: operations["askProposal"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/proposals/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One proposal with its rule in words and the reason of the decision. */
        get: operations["getProposal"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/proposals/{id}/accept": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Decide as the rule proposes. */
        post: operations["acceptProposal"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/proposals/{id}/drafts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The templates that the pack offers for a proposal's level, filled in for its area. */
        get: operations["listDrafts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/proposals/{id}/override": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Decide otherwise than the rule proposes, with a reason. */
        post: operations["overrideProposal"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/proposals/{id}/second": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Approve or decline, as a second officer of another organisation, a level that restricts persons. */
        post: operations["secondProposal"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/public/form": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What the public form needs. */
        get: operations["getPublicForm"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/public/notices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Report as a resident, without an account. Attempts are limited by address; nothing about the sender is kept. */
        post: operations["reportPublicNotice"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/reporting/daily": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Report one day's counts. Zero is a report; a stream that is left out is not. */
        post: operations["reportDaily"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/reporting/mine": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The daily form of the signed-in reporter, with what was said on the last days. */
        get: operations["getDailyForm"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/reporting/quality": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How complete and timely each source reported over a window. */
        get: operations["getQuality"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/scoreboard": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Precision, recall and delay of each indicator and detector over a window. */
        get: operations["getScoreboard"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/session": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who is signed in, and what they may do. */
        get: operations["getSession"];
        put?: never;
        /** Sign in. The session travels in a cookie that scripts cannot read. */
        post: operations["signIn"];
        /** Sign out. */
        delete: operations["signOut"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/session/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Change one's own password. All other sessions end. */
        post: operations["changeOwnPassword"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/signals": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Signals, the newest or the highest rank first. */
        get: operations["listSignals"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/signals/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One signal, with what the reader may make of it. */
        get: operations["getSignal"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/signals/{id}/discard": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Put a signal aside; it can be verified later. */
        post: operations["discardSignal"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/signals/{id}/outcomes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What a signal turned out to be: the standing record first, then those that it superseded. */
        get: operations["listOutcomes"];
        put?: never;
        /** Record what a signal turned out to be. A correction names the record that it supersedes. */
        post: operations["recordOutcome"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/signals/{id}/snooze": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Let a signal sleep until a day. It wakes earlier when what is found is materially stronger. */
        post: operations["snoozeSignal"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/signals/{id}/verify": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Judge a signal true: it becomes an event. */
        post: operations["verifySignal"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/signals/{id}/wake": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Wake a sleeping signal before its day. */
        post: operations["wakeSignal"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/situation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Levels, main figures and open work of the reader's area. */
        get: operations["getSituation"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/timeline": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What the real command of the city did, beside what was done here. */
        get: operations["getTimeline"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/users": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The accounts. */
        get: operations["listUsers"];
        put?: never;
        /** Make an account. */
        post: operations["addUser"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/users/{id}/disable": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Close an account. Its sessions end; what it did stays on record. */
        post: operations["disableUser"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/users/{id}/grants": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Set what an account may do. Its sessions end. */
        post: operations["setGrants"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/users/{id}/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Set the password of an account. Its sessions end. */
        post: operations["setPassword"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/visits": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send check-ins, check-outs, corrections and withdrawals, one or many, as JSON or CBOR. The answer comes when they are durable; sending them again changes nothing. A batch has at most 100,000 records and 8 MiB; 503 asks to send the same batch again in a moment. */
        post: operations["sendVisits"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/visits/disclosures": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who had exposures disclosed, for which case, and how many people came to light; never who. */
        get: operations["listDisclosures"];
        put?: never;
        /** Whom these people met, or who was at this site, for a confirmed case. Each answer is journalled before it is given. */
        post: operations["discloseVisits"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/visits/occupancy": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How many people are at a site now, and were there hour by hour. It needs no case: nobody is named. */
        get: operations["getOccupancy"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/visits/sources": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Which places and times these cases share beyond chance. It counts every visit of the days, and may take some seconds a day. */
        post: operations["searchSources"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        AcceptProposalRequest: {
            why?: string;
        };
        ActEvent: {
            act: string;
            area?: string;
            /** Format: date-time */
            at: string;
            /** @description Of the journal entry. */
            id: string;
            subject: components["schemas"]["Ref"];
        };
        AddShiftRequest: {
            /** Format: date-time */
            from: string;
            post: string;
            /** Format: date-time */
            until: string;
            user: string;
        };
        AddUserRequest: {
            display: string;
            grants: components["schemas"]["Grant"][];
            name: string;
            organisation: string;
            password: string;
            /** @description For a reporter: the one source to report for. */
            source?: string;
        };
        Alarm: {
            /** @description The days that it is about; none when it is about all. */
            days: string[];
            /** @enum {string} */
            kind: "overdue" | "undestroyed" | "unsealed" | "unproved" | "unchecked";
            /** Format: date-time */
            since: string;
        };
        Answer: {
            /** @description Why there is no number; value then means nothing. */
            absent?: string;
            area: string;
            argument?: string;
            /** Format: date-time */
            as_of: string;
            /** Format: double */
            denominator?: number;
            figure: string;
            /** Format: date */
            from: string;
            /** Format: double */
            numerator?: number;
            /** @description True when any row under it is our reconstruction. */
            reconstructed: boolean;
            /** Format: int64 */
            source_count: number;
            /** @description The rows under the number, the newest first. */
            sources: components["schemas"]["Ref"][];
            /** @enum {string} */
            status: "actual" | "exercise" | "test";
            /** Format: date */
            to: string;
            /** @enum {string} */
            unit: "people" | "days" | "share" | "samples" | "reports" | "records" | "clusters" | "consignments" | "per_100000";
            /** Format: double */
            value: number;
        };
        Approval: {
            /** Format: date-time */
            at: string;
            by: string;
            organisation: string;
        };
        Area: {
            /** @enum {string} */
            basis: "stated" | "reconstructed";
            code: string;
            /** @enum {string} */
            kind: "city" | "district" | "street" | "community" | "grid";
            /**
             * Format: double
             * @description WGS-84 degrees of the centre; both 0 when unknown.
             */
            lat: number;
            /** Format: double */
            lon: number;
            names: components["schemas"]["Text"];
            parent?: string;
            /**
             * Format: int64
             * @description Residents; 0 when unknown.
             */
            population: number;
            /** @enum {string} */
            setting: "urban" | "fringe" | "rural";
            /**
             * Format: int64
             * @description Place on the schematic map; -1 for an area without a tile.
             */
            tile_x: number;
            /** Format: int64 */
            tile_y: number;
        };
        AreaLevel: {
            area: string;
            /**
             * Format: date
             * @description The day on which it ends by itself unless renewed.
             */
            expires: string;
            /** Format: date-time */
            from: string;
            id: string;
            /** @enum {string} */
            level: "low" | "medium" | "high";
            pack: components["schemas"]["PackRef"];
            proposal: string;
            /**
             * Format: date
             * @description The day on which the step-down clock asks again.
             */
            review: string;
            /** @enum {string} */
            status: "actual" | "exercise" | "test";
            /**
             * Format: date-time
             * @description When it ended; absent while it stands.
             */
            until?: string;
        };
        AskProposalRequest: {
            area: string;
            event: string;
            why: string;
        };
        Batch: {
            glitches: components["schemas"]["Glitch"][];
            id: string;
            observations: components["schemas"]["Observation"][];
            /** Format: date-time */
            recorded: string;
            /** Format: int64 */
            rows: number;
            source: string;
            /** @enum {string} */
            status: "actual" | "exercise" | "test";
        };
        Chain: {
            steps: components["schemas"]["Step"][];
        };
        Change: {
            area: string;
            /** @enum {string} */
            current: "low" | "medium" | "high";
            inputs: components["schemas"]["Input"][];
            /** @enum {string} */
            proposed: "low" | "medium" | "high" | "judgement";
            rule: string;
        };
        Changes: {
            changes: components["schemas"]["Change"][];
            /** Format: date */
            day: string;
            pack: string;
        };
        CityFacts: {
            areas: components["schemas"]["Area"][];
            /** @description Whether GET /v1/city/boundaries has a map. */
            has_boundaries: boolean;
            id: string;
            /** @description The standing questions that are put to the streams every day. */
            indicators: components["schemas"]["Indicator"][];
            names: components["schemas"]["Text"];
            /** @description What has to be said about the data wherever they are shown. */
            notes: components["schemas"]["Note"][];
            organisations: components["schemas"]["Organisation"][];
            posts: components["schemas"]["Post"][];
            /** @description Code of the area that is the whole city. */
            root: string;
            sources: components["schemas"]["Source"][];
            streams: components["schemas"]["Stream"][];
            /** @description IANA name; its midnight ends a day. */
            timezone: string;
        };
        Clock: {
            /**
             * Format: date
             * @description The city's day.
             */
            day: string;
            /** @enum {string} */
            mode: "live" | "replay";
            /** Format: date-time */
            now: string;
            /**
             * Format: double
             * @description Seconds of the clock a second; 1 when live, 0 when it stands.
             */
            speed: number;
            /**
             * Format: date-time
             * @description The end of the replay.
             */
            until?: string;
        };
        Cluster: {
            areas: string[];
            /** Format: double */
            expected: number;
            /** Format: date */
            from: string;
            /**
             * Format: double
             * @description By the distribution fitted to them.
             */
            gumbel?: number;
            /** Format: double */
            observed: number;
            /**
             * Format: double
             * @description By rank among simulated scans.
             */
            p_value?: number;
            /**
             * Format: double
             * @description Absent where nothing was observed outside.
             */
            relative_risk?: number;
            /**
             * Format: double
             * @description Logarithm of the likelihood ratio.
             */
            score: number;
            /** Format: date */
            to: string;
        };
        ClusterMap: {
            area: string;
            /** Format: date-time */
            as_of: string;
            /** @description They share no area; the least likely by chance comes first. */
            clusters: components["schemas"]["Cluster"][];
            /** Format: date */
            from: string;
            /** @description Areas that could not be scanned, as their position or population is not known. */
            left_out: string[];
            /**
             * Format: int64
             * @description Days of the longest cluster; places are told over as many.
             */
            longest: number;
            /** @enum {string} */
            model: "pb_poisson" | "eb_poisson" | "permutation";
            places: components["schemas"]["PlaceCount"][];
            /** @enum {string} */
            rank: "district" | "street" | "community" | "grid";
            reconstructed: boolean;
            /** Format: int64 */
            simulations: number;
            stream: string;
            /** Format: date */
            to: string;
            /**
             * Format: int64
             * @description Groups of areas that came into question.
             */
            zones: number;
        };
        ComingDay: {
            /** Format: date */
            day: string;
            /** Format: double */
            high: number;
            /**
             * Format: double
             * @description Lower end of the 95 % interval.
             */
            low: number;
            /**
             * Format: double
             * @description Lower quartile.
             */
            lower: number;
            /** Format: double */
            median: number;
            /**
             * Format: double
             * @description Upper quartile.
             */
            upper: number;
        };
        Completion: {
            argument?: string;
            /** Format: date-time */
            asked?: string;
            figure: string;
            /**
             * Format: date-time
             * @description When the target was reached.
             */
            met?: string;
            /**
             * Format: double
             * @description The least value that completes the directive.
             */
            target: number;
            /**
             * Format: double
             * @description The last answer.
             */
            value: number;
        };
        CountRow: {
            area: string;
            /** @enum {string} */
            basis?: "stated" | "reconstructed";
            /** Format: int64 */
            count: number;
            /** Format: date */
            day: string;
            /** Format: int64 */
            denominator?: number;
            /** Format: date-time */
            reported_at?: string;
            stream: string;
        };
        CountRows: {
            rows: components["schemas"]["CountRow"][];
        };
        Course: {
            /** @description Empty where nobody infectious is known. */
            ahead: components["schemas"]["ComingDay"][];
            area: string;
            /** Format: date-time */
            as_of: string;
            /**
             * Format: date
             * @description The last day that had ended by the as-of time.
             */
            day: string;
            days: components["schemas"]["CourseDay"][];
            /** @description What earlier days said, the newest first. */
            earlier: components["schemas"]["Vintage"][];
            /** Format: double */
            interval_mean: number;
            /** Format: double */
            interval_sd: number;
            kept: components["schemas"]["Kept"];
            /** @description Empty where too few days were followed as their reports came in. */
            nowcast: components["schemas"]["NowcastDay"][];
            reconstructed: boolean;
            reproduction: components["schemas"]["Reproduction"][];
            stream: string;
            /** @description The newest days by delay of the report. */
            triangle: components["schemas"]["TriangleRow"][];
        };
        CourseDay: {
            /**
             * Format: int64
             * @description Absent when nobody reported.
             */
            count?: number;
            /** Format: date */
            day: string;
        };
        Curve: {
            area: string;
            /** Format: date-time */
            as_of: string;
            /** @description The indicator whose verdicts these are; absent where none judges such areas, and the band is for orientation. */
            indicator?: string;
            /** @description The method behind the expected band. */
            method: string;
            points: components["schemas"]["CurvePoint"][];
            stream: string;
        };
        CurvePoint: {
            /** @description Whether the count that was judged was called unusual. */
            alarm: boolean;
            /**
             * Format: double
             * @description The largest count that would still have been usual.
             */
            bound?: number;
            /**
             * Format: int64
             * @description As it is known now; absent when nobody reported.
             */
            count?: number;
            /** Format: date */
            day: string;
            /** Format: double */
            expected?: number;
            /** @description True where the count is our reconstruction. */
            reconstructed: boolean;
            /**
             * Format: int64
             * @description The count that was judged, where it was another.
             */
            was?: number;
        };
        DailyDone: {
            /** Format: date */
            day: string;
            values: components["schemas"]["DailyValue"][];
        };
        DailyForm: {
            /**
             * Format: date
             * @description The city's day.
             */
            day: string;
            /** @description The last days, the newest first. */
            recent: components["schemas"]["DailyDone"][];
            source: components["schemas"]["Source"];
            streams: components["schemas"]["Stream"][];
        };
        DailyValue: {
            /** Format: int64 */
            count?: number;
            /** Format: int64 */
            denominator?: number;
            stream: string;
        };
        DataCame: {
            /**
             * Format: date
             * @description The last day that is known.
             */
            day: string;
            /**
             * Format: date-time
             * @description When anything was last taken in.
             */
            recorded: string;
        };
        Declaration: {
            approvals: components["schemas"]["Approval"][];
            area: string;
            basis: string;
            /** @description Who declined or ended it. */
            closed?: components["schemas"]["Approval"];
            /** Format: int64 */
            days: number;
            /**
             * Format: date-time
             * @description When it was approved.
             */
            from?: string;
            id: string;
            modules: ("check_ins" | "personal_status" | "quarantine")[];
            /** @description What the reader may do with it. */
            moves: ("approve" | "decline" | "end")[];
            /**
             * @description One in force lapses at its end and stays in this state.
             * @enum {string}
             */
            state: "proposed" | "in_force" | "declined" | "ended";
            /**
             * Format: date-time
             * @description The first instant that it does not cover any more.
             */
            until?: string;
        };
        DeclareVisitsRequest: {
            /** @description The whole city unless said. */
            area?: string;
            /** @description The law and article on which it stands. */
            basis: string;
            /**
             * Format: int64
             * @description How long it lasts once it is approved.
             */
            days: number;
            modules: ("check_ins" | "personal_status" | "quarantine")[];
            why?: string;
        };
        DemoSignIn: {
            display: string;
            name: string;
            password: string;
            /** @enum {string} */
            role: "commander" | "epidemiologist" | "duty_officer" | "area_officer" | "auditor" | "administrator" | "reporter";
        };
        Directive: {
            /** Format: date-time */
            ack_by: string;
            /** @description The post that must act. */
            addressee: string;
            area: string;
            /** @description The rule or order that it rests on. */
            authority: string;
            /** @description Who made the last move. */
            by: string;
            /** Format: date-time */
            changed: string;
            completion?: components["schemas"]["Completion"];
            /** Format: date-time */
            due: string;
            /** Format: date-time */
            escalated?: string;
            event: string;
            /** @description Closed by a signed exception in place of its completion query. */
            exception: boolean;
            /** @description The post that answers now; it differs after an escalation. */
            held: string;
            /** @description The user who holds the answering post now. */
            holder?: string;
            id: string;
            /** Format: date-time */
            issued: string;
            measure: string;
            /** @description The steps that the reader may take now. */
            moves: components["schemas"]["Move"][];
            /** Format: date-time */
            overdue?: string;
            pack: components["schemas"]["PackRef"];
            proposal?: string;
            /** Format: date-time */
            reminded?: string;
            /** @enum {string} */
            state: "drafted" | "issued" | "acknowledged" | "reported" | "verified" | "closed" | "withdrawn";
            /** @enum {string} */
            status: "actual" | "exercise" | "test";
            template: string;
            title: components["schemas"]["Text"];
        };
        DiscloseVisitsRequest: {
            /**
             * Format: int64
             * @description The least time together.
             * @default 15
             */
            at_least_minutes?: number;
            /** @description An open event with a case that a laboratory confirmed. */
            event: string;
            /** Format: date-time */
            from: string;
            /**
             * Format: int64
             * @default 1
             */
            generations?: number;
            /**
             * Format: int64
             * @description The most people that may come to light.
             * @default 10000
             */
            most?: number;
            /** @description Whom did these people meet? */
            people?: string[];
            /** @enum {string} */
            purpose: "contact_tracing" | "source_search" | "notification";
            /**
             * Format: uuid
             * @description Or: who was at this site?
             */
            site?: string;
            /**
             * Format: date-time
             * @description Not included.
             */
            until: string;
            /** @description The reason in the officer's words; it is sealed in the journal. */
            why?: string;
        };
        Disclosed: {
            disclosure: components["schemas"]["Disclosure"];
            /** @description Some visits are damaged and could not be read: more people may have been exposed. */
            incomplete: boolean;
            people: components["schemas"]["Exposure"][];
        };
        Disclosure: {
            area: string;
            /** Format: date-time */
            at: string;
            by: string;
            /** @description The confirmed occurrence for which it was. */
            case: components["schemas"]["Ref"];
            /** @description The declaration under which the visits were collected and searched. */
            declaration: string;
            /** Format: date-time */
            from: string;
            id: string;
            /**
             * Format: int64
             * @description How many were disclosed.
             */
            people: number;
            /** @enum {string} */
            purpose: "contact_tracing" | "source_search" | "notification";
            site?: string;
            /**
             * Format: int64
             * @description How many people's visits were followed; 0 when a site's visitors were asked for.
             */
            sought: number;
            /** Format: date-time */
            until: string;
        };
        Draft: {
            /** Format: int64 */
            ack_hours: number;
            addressee: string;
            area: string;
            authority: string;
            completion?: components["schemas"]["Completion"];
            /** Format: int64 */
            due_hours: number;
            measure: string;
            template: string;
            title: components["schemas"]["Text"];
        };
        DryRunPackRequest: {
            /**
             * Format: date
             * @description The city's day unless said.
             */
            day?: string;
        };
        Entry: {
            act: string;
            actor: string;
            area?: string;
            /** Format: date-time */
            at: string;
            /** @description The records that the act rests on, the nearest first. */
            because: components["schemas"]["Ref"][];
            hash: string;
            id: string;
            /** @description Its place in the chain; absent until the chainer took it up. */
            link?: components["schemas"]["Link"];
            subject: components["schemas"]["Ref"];
            /** @description The records that it wrote. */
            touches: components["schemas"]["Touch"][];
            /** @description The reason, for those who may read it. */
            why?: string;
        };
        Event: {
            area: string;
            /** Format: date */
            began: string;
            by: string;
            /** Format: date-time */
            closed?: string;
            hazard: string;
            id: string;
            /** Format: date-time */
            opened: string;
            signal: string;
            /** @enum {string} */
            status: "actual" | "exercise" | "test";
        };
        Evidence: {
            area: string;
            /** @enum {string} */
            basis: "stated" | "reconstructed";
            batches: string[];
            /**
             * Format: double
             * @description The value that had to be exceeded.
             */
            bound?: number;
            /** Format: date */
            day: string;
            /** Format: double */
            expected?: number;
            indicator: string;
            /** Format: double */
            observed: number;
            /**
             * Format: int64
             * @description How many days, reports, checks or orders of it were judged.
             */
            of?: number;
            /**
             * Format: int64
             * @description Days without a case before, for first-case findings.
             */
            quiet?: number;
            /**
             * Format: double
             * @description 1 at the bound, more above it.
             */
            score: number;
            /** @description The part of the area's counts that was judged, such as setting:rural or source-kind:clinic; absent for the whole. */
            stratum?: string;
            stream: string;
            /** @description The source or post whose vigilance is in question. */
            subject?: string;
            /** @description What is known now would not raise it. Told where one signal is asked for. */
            withdrawn?: boolean;
        };
        Exposure: {
            /** Format: date-time */
            first: string;
            /**
             * Format: int64
             * @description 1 for who met one of those asked about.
             */
            generation: number;
            /** Format: int64 */
            meetings: number;
            /**
             * Format: double
             * @description Together, over all meetings.
             */
            minutes: number;
            /** Format: uuid */
            person: string;
            /**
             * Format: uuid
             * @description Where they were together longest.
             */
            site: string;
            /**
             * Format: uuid
             * @description Whom they met, from the second generation on.
             */
            via?: string;
        };
        Figure: {
            /** @description Name of its own parameter. */
            argument?: string;
            /**
             * Format: int64
             * @description The smallest count that may be published; 0 for no limit.
             */
            least: number;
            /** @description Key of the text that says how the number is made. */
            method: string;
            name: string;
            /** @enum {string} */
            unit: "people" | "days" | "share" | "samples" | "reports" | "records" | "clusters" | "consignments" | "per_100000";
            /** @description True when it is about a window of days, false when about a time. */
            windowed: boolean;
        };
        Flaw: {
            /** @enum {string} */
            kind: "tampered" | "missing" | "orphan" | "unlinked" | "dangling";
            problem: string;
            ref: components["schemas"]["Ref"];
            /** Format: int64 */
            seq?: number;
        };
        FormArea: {
            code: string;
            names: components["schemas"]["Text"];
            parent?: string;
        };
        Fsck: {
            /** Format: int64 */
            entries: number;
            flaws: components["schemas"]["Flaw"][];
            /** @description The head of the chain that was verified. */
            head: string;
            /** Format: int64 */
            linked: number;
            /** Format: int64 */
            records: number;
        };
        Glitch: {
            area: string;
            /** Format: date */
            day: string;
            problem: string;
            stream: string;
        };
        Grant: {
            area: string;
            /** @enum {string} */
            role: "commander" | "epidemiologist" | "duty_officer" | "area_officer" | "auditor" | "administrator" | "reporter";
        };
        Headcount: {
            /**
             * Format: int64
             * @description Who came in during the step.
             */
            entered: number;
            /** Format: date-time */
            from: string;
            /** Format: double */
            mean: number;
            /**
             * Format: int64
             * @description The most at any instant of it.
             */
            peak: number;
        };
        Health: {
            ok: boolean;
        };
        Inbox: {
            /**
             * Format: int64
             * @description How many signals the teams are shown a day, all together.
             */
            budget: number;
            /** Format: date */
            day: string;
            /** @description Beyond the budget, and not hidden. */
            left_out: components["schemas"]["Signal"][];
            shown: components["schemas"]["Signal"][];
            /** @description The teams that the reader has to do with, the city's first. */
            teams: components["schemas"]["TeamDay"][];
        };
        Indicator: {
            /** @description The kinds of areas that it judges. */
            areas: ("city" | "district" | "street" | "community" | "grid")[];
            /**
             * Format: double
             * @description Cost of a false alarm, as a share of what a missed outbreak costs.
             */
            cost: number;
            detector: string;
            /**
             * Format: int64
             * @description Days between two counts.
             * @enum {integer}
             */
            every: 1 | 7;
            /**
             * @description The kind of area within which its findings are one signal.
             * @enum {string}
             */
            group: "city" | "district" | "street";
            /**
             * Format: int64
             * @description What a true signal can mean, 1 to 5.
             */
            harm: number;
            id: string;
            names: components["schemas"]["Text"];
            params: {
                [key: string]: unknown;
            };
            /** @description The parts of an area's counts that it judges, each on its own; one empty text for the whole. */
            strata: string[];
            stream: string;
        };
        Input: {
            answer: components["schemas"]["Answer"];
            /** @description The name that the rule uses. */
            name: string;
        };
        IssueDirectiveRequest: {
            addressee?: string;
            /** @description The area decided upon, or one within it. */
            area?: string;
            /** Format: int64 */
            due_hours?: number;
            proposal: string;
            /**
             * Format: double
             * @description Of the completion query.
             */
            target?: number;
            template: string;
            why: string;
        };
        Kept: {
            /** Format: int64 */
            days: number;
            /**
             * Format: double
             * @description Mean distance of the nowcast from what is known now.
             */
            error: number;
            /**
             * Format: int64
             * @description Of these, how many lie in the interval.
             */
            inside: number;
            /**
             * Format: double
             * @description Mean distance of what had come in.
             */
            uncorrected: number;
        };
        Lead: {
            /**
             * Format: double
             * @description The same for any place and time of the city together. A small one is a lead and no proof.
             */
            adjusted: number;
            /**
             * Format: int64
             * @description How many of the cases were there.
             */
            cases: number;
            /**
             * Format: double
             * @description How many of the cases would be there by chance.
             */
            expected: number;
            /** Format: date-time */
            from: string;
            /**
             * Format: double
             * @description How likely at least so many would be there by chance.
             */
            p: number;
            /** Format: uuid */
            site: string;
            /** Format: date-time */
            until: string;
            /**
             * Format: int64
             * @description Visits of anybody at that time.
             */
            visits: number;
        };
        Leads: {
            disclosure: components["schemas"]["Disclosure"];
            /** @description Some visits are damaged and could not be read. */
            incomplete: boolean;
            leads: components["schemas"]["Lead"][];
        };
        Link: {
            head: string;
            /** Format: int64 */
            seq: number;
        };
        ListAlarm: {
            items: components["schemas"]["Alarm"][];
            /** @description Cursor for the after parameter; empty on the last page. */
            next: string;
        };
        ListAreaLevel: {
            items: components["schemas"]["AreaLevel"][];
            /** @description Cursor for the after parameter; empty on the last page. */
            next: string;
        };
        ListDeclaration: {
            items: components["schemas"]["Declaration"][];
            /** @description Cursor for the after parameter; empty on the last page. */
            next: string;
        };
        ListDemoSignIn: {
            items: components["schemas"]["DemoSignIn"][];
            /** @description Cursor for the after parameter; empty on the last page. */
            next: string;
        };
        ListDirective: {
            items: components["schemas"]["Directive"][];
            /** @description Cursor for the after parameter; empty on the last page. */
            next: string;
        };
        ListDisclosure: {
            items: components["schemas"]["Disclosure"][];
            /** @description Cursor for the after parameter; empty on the last page. */
            next: string;
        };
        ListDraft: {
            items: components["schemas"]["Draft"][];
            /** @description Cursor for the after parameter; empty on the last page. */
            next: string;
        };
        ListEntry: {
            items: components["schemas"]["Entry"][];
            /** @description Cursor for the after parameter; empty on the last page. */
            next: string;
        };
        ListEvent: {
            items: components["schemas"]["Event"][];
            /** @description Cursor for the after parameter; empty on the last page. */
            next: string;
        };
        ListFigure: {
            items: components["schemas"]["Figure"][];
            /** @description Cursor for the after parameter; empty on the last page. */
            next: string;
        };
        ListMissed: {
            items: components["schemas"]["Missed"][];
            /** @description Cursor for the after parameter; empty on the last page. */
            next: string;
        };
        ListMoment: {
            items: components["schemas"]["Moment"][];
            /** @description Cursor for the after parameter; empty on the last page. */
            next: string;
        };
        ListObservation: {
            items: components["schemas"]["Observation"][];
            /** @description Cursor for the after parameter; empty on the last page. */
            next: string;
        };
        ListOutcome: {
            items: components["schemas"]["Outcome"][];
            /** @description Cursor for the after parameter; empty on the last page. */
            next: string;
        };
        ListPack: {
            items: components["schemas"]["Pack"][];
            /** @description Cursor for the after parameter; empty on the last page. */
            next: string;
        };
        ListPerson: {
            items: components["schemas"]["Person"][];
            /** @description Cursor for the after parameter; empty on the last page. */
            next: string;
        };
        ListProposal: {
            items: components["schemas"]["Proposal"][];
            /** @description Cursor for the after parameter; empty on the last page. */
            next: string;
        };
        ListQuality: {
            items: components["schemas"]["Quality"][];
            /** @description Cursor for the after parameter; empty on the last page. */
            next: string;
        };
        ListShift: {
            items: components["schemas"]["Shift"][];
            /** @description Cursor for the after parameter; empty on the last page. */
            next: string;
        };
        ListSignal: {
            items: components["schemas"]["Signal"][];
            /** @description Cursor for the after parameter; empty on the last page. */
            next: string;
        };
        ListUser: {
            items: components["schemas"]["User"][];
            /** @description Cursor for the after parameter; empty on the last page. */
            next: string;
        };
        ListVoice: {
            items: components["schemas"]["Voice"][];
            /** @description Cursor for the after parameter; empty on the last page. */
            next: string;
        };
        Missed: {
            area: string;
            /** Format: date */
            began: string;
            by: string;
            hazard: string;
            id: string;
            /** Format: date-time */
            recorded: string;
            /** @enum {string} */
            status: "actual" | "exercise" | "test";
            supersedes?: string;
            withdrawn?: boolean;
        };
        Moment: {
            /** @description The act, for what was done here. */
            act?: string;
            /** Format: date-time */
            at: string;
            /** Format: date */
            day: string;
            /** @enum {string} */
            kind: "history" | "own";
            ref?: components["schemas"]["Ref"];
            /** @description case, finding, goods or command, for history. */
            theme?: string;
            /** @description In words, for history. */
            what?: components["schemas"]["Text"];
            where?: string;
        };
        Move: {
            /** @description Then the step needs exception=true and a reason. */
            exception: boolean;
            /** @enum {string} */
            step: "acknowledge" | "report" | "verify" | "return" | "close" | "withdraw";
            /** @enum {string} */
            to: "drafted" | "issued" | "acknowledged" | "reported" | "verified" | "closed" | "withdrawn";
            why_needed: boolean;
        };
        MoveClockRequest: {
            /** @enum {string} */
            action: "step_hour" | "step_day" | "play" | "pause";
            /**
             * Format: double
             * @description For play: seconds of the clock a second.
             */
            speed?: number;
        };
        MoveDeclarationRequest: {
            /** @enum {string} */
            step: "approve" | "decline" | "end";
            /** @description Needed to decline and to end. */
            why?: string;
        };
        MoveDirectiveRequest: {
            /** @description Close although the completion query is not met; needs a reason. */
            exception?: boolean;
            /** @enum {string} */
            step: "acknowledge" | "report" | "verify" | "return" | "close" | "withdraw";
            why?: string;
        };
        Note: {
            id: string;
            text: components["schemas"]["Text"];
        };
        Notice: {
            area: string;
            id: string;
            /** Format: int64 */
            people: number;
            /** Format: date-time */
            recorded: string;
            source: string;
            /** @enum {string} */
            status: "actual" | "exercise" | "test";
            topic: string;
        };
        NoticeForm: {
            area: string;
            /**
             * Format: int64
             * @description How many are affected; 0 when not known.
             */
            people: number;
            text: string;
            /** @enum {string} */
            topic: "illness_cluster" | "unusual_death" | "absence_cluster" | "goods_or_cold_chain" | "unsafe_place" | "other";
        };
        NoticeReceipt: {
            id: string;
            signal?: string;
        };
        NowcastDay: {
            /** Format: date */
            day: string;
            /** Format: double */
            high: number;
            /**
             * Format: double
             * @description Lower end of the 95 % interval.
             */
            low: number;
            /** Format: double */
            median: number;
            /** Format: double */
            seen: number;
        };
        Observation: {
            area: string;
            /** @enum {string} */
            basis: "stated" | "reconstructed";
            batch: string;
            /** Format: int64 */
            count: number;
            /** Format: date */
            day: string;
            /** Format: int64 */
            denominator?: number;
            id: string;
            /** Format: date-time */
            recorded: string;
            /** Format: date-time */
            reported: string;
            source: string;
            /** @enum {string} */
            status: "actual" | "exercise" | "test";
            stream: string;
            supersedes?: string;
        };
        Occupancy: {
            /**
             * Format: date-time
             * @description Now.
             */
            at: string;
            /** @description Some visits are damaged and could not be read: the counts are too low. */
            incomplete: boolean;
            /**
             * Format: int64
             * @description Who is there now, as far as they checked in.
             */
            present: number;
            /** Format: uuid */
            site: string;
            /** @description From the start to the end of the window; none without one. */
            steps: components["schemas"]["Headcount"][];
        };
        OpenWork: {
            /** Format: int64 */
            directives_open: number;
            /** Format: int64 */
            directives_overdue: number;
            /** Format: int64 */
            proposals_open: number;
            /** Format: int64 */
            signals_open: number;
        };
        Organisation: {
            area: string;
            code: string;
            names: components["schemas"]["Text"];
        };
        Outcome: {
            /**
             * Format: date
             * @description The day of the outbreak's first onset.
             */
            began?: string;
            by: string;
            /** @description The event that an outbreak was. */
            event?: string;
            id: string;
            /** Format: date-time */
            recorded: string;
            signal: string;
            supersedes?: string;
            /** @enum {string} */
            truth: "outbreak" | "harmless" | "data_error" | "undecided";
        };
        OverrideProposalRequest: {
            /** @description The proposal's area, or a smaller one within it. */
            area?: string;
            /** @description One of the levels of the pack. */
            level: string;
            why: string;
        };
        OwnPasswordRequestBody: {
            new: string;
            old: string;
        };
        Pack: {
            /** @description Whether this is the pack that proposes. */
            active: boolean;
            /** @description SHA-256 of its text. */
            digest: string;
            /** Format: int64 */
            expire_days: number;
            /**
             * Format: date
             * @description The first day on which the rule was in force.
             */
            from: string;
            id: string;
            inputs: components["schemas"]["PackInput"][];
            /** @description The lowest first. */
            levels: components["schemas"]["PackLevel"][];
            names: components["schemas"]["Text"];
            /** Format: int64 */
            review_days: number;
            /** @description The first that holds gives the level. */
            rules: components["schemas"]["PackRule"][];
            source: components["schemas"]["PackSource"];
            summary: components["schemas"]["Text"];
            templates: components["schemas"]["Template"][];
            /**
             * @description The rank of the areas that the rule speaks of.
             * @enum {string}
             */
            unit: "city" | "district" | "street" | "community" | "grid";
            /**
             * Format: date
             * @description The last day; absent while it is.
             */
            until?: string;
            /** Format: int64 */
            version: number;
        };
        PackInput: {
            argument?: string;
            /**
             * Format: int64
             * @description Length of the window that ends on the day of the question.
             */
            days: number;
            figure: string;
            name: string;
            names: components["schemas"]["Text"];
        };
        PackLevel: {
            /** @enum {string} */
            level: "low" | "medium" | "high";
            names: components["schemas"]["Text"];
            /** @description Then it needs two approvers of different organisations. */
            restricts_persons: boolean;
            wording: components["schemas"]["Text"];
        };
        PackRef: {
            digest: string;
            id: string;
            /** Format: int64 */
            version: number;
        };
        PackRule: {
            id: string;
            /** @enum {string} */
            level: "low" | "medium" | "high" | "judgement";
            /** @description The condition, as the pack writes it (CEL). */
            when: string;
            wording: components["schemas"]["Text"];
        };
        PackSource: {
            /** @enum {string} */
            confidence: "stated" | "derived" | "practice";
            issuer: string;
            title: string;
        };
        Person: {
            display: string;
            id: string;
            organisation: string;
        };
        PlaceCount: {
            area: string;
            /** Format: double */
            expected: number;
            /** Format: double */
            observed: number;
            /** Format: int64 */
            population: number;
        };
        Post: {
            area: string;
            code: string;
            names: components["schemas"]["Text"];
            /** @description The post to which an unanswered directive escalates. */
            next?: string;
            organisation: string;
            /** @enum {string} */
            party: "place" | "department" | "unit" | "individual";
        };
        Problem: {
            /** @description What went wrong, for the person who asked. */
            detail: string;
            /**
             * @description What the caller can do about it.
             * @enum {string}
             */
            kind: "internal" | "invalid" | "not_found" | "conflict" | "forbidden";
            /** @description The places of the input that are wrong. */
            places: components["schemas"]["ProblemPlace"][];
            /**
             * Format: int64
             * @description The HTTP status.
             */
            status: number;
            /** @description The kind in words. */
            title: string;
        };
        ProblemPlace: {
            /**
             * Format: int64
             * @description Column of the input from 1; absent where there are none.
             */
            column?: number;
            /** @description The column, parameter or JSON path. */
            field: string;
            /**
             * Format: int64
             * @description Line of the input from 1; absent where there are none.
             */
            line?: number;
            problem: string;
        };
        Proposal: {
            area: string;
            /** Format: date-time */
            at?: string;
            by?: string;
            by_org?: string;
            /** @enum {string} */
            current: "low" | "medium" | "high";
            /**
             * Format: date
             * @description The last day of the figures.
             */
            day: string;
            /** @enum {string} */
            decided?: "low" | "medium" | "high";
            decided_area?: string;
            event: string;
            id: string;
            inputs: components["schemas"]["Input"][];
            /**
             * @description judgement where the pack leaves it to the officer.
             * @enum {string}
             */
            level: "low" | "medium" | "high" | "judgement";
            /** Format: date-time */
            made: string;
            /** @description What the reader may do now: accept, override, second. */
            moves: string[];
            /** @description Whether the decided or proposed level needs a second approver. */
            needs_second: boolean;
            pack: components["schemas"]["PackRef"];
            rule: string;
            second?: string;
            /** Format: date-time */
            seconded?: string;
            /** @enum {string} */
            state: "open" | "seconding" | "accepted" | "overridden" | "declined" | "lapsed";
            /** @enum {string} */
            status: "actual" | "exercise" | "test";
            /** @description The reason of the decision; absent once its key is destroyed. */
            why?: string;
            /** @description The rule in words. */
            wording?: components["schemas"]["Text"];
        };
        PublicForm: {
            areas: components["schemas"]["FormArea"][];
            city: components["schemas"]["Text"];
            /**
             * Format: int64
             * @description The longest text, in bytes.
             */
            most: number;
            /** @description Keys; their texts are in the text table. */
            topics: string[];
        };
        Quality: {
            /**
             * Format: int64
             * @description Stream-days that were due.
             */
            expected: number;
            /**
             * Format: date
             * @description The last day for which anything came.
             */
            last?: string;
            /** Format: int64 */
            on_time: number;
            /** Format: int64 */
            reported: number;
            source: components["schemas"]["Source"];
        };
        RaisedBy: {
            area: string;
            /** @description On which the indicator found something in the area, the earliest first. */
            days: string[];
            /** Format: date */
            first: string;
            id: string;
            /** Format: date */
            last: string;
            /** Format: date-time */
            raised: string;
            /** @enum {string} */
            state: "raised" | "verified" | "discarded" | "snoozed";
        };
        Ratio: {
            /** Format: int64 */
            count: number;
            /**
             * Format: int64
             * @description 0 where there is no share.
             */
            of: number;
        };
        Reason: {
            why: string;
        };
        Receipt: {
            /** @description Absent for a preview and when nothing was loaded. */
            batch?: string;
            glitches: components["schemas"]["Glitch"][];
            /**
             * Format: int64
             * @description Observations that are new or correct an earlier one.
             */
            loaded: number;
            preview: boolean;
            rejected: components["schemas"]["ProblemPlace"][];
            /**
             * Format: int64
             * @description Of the loaded ones, how many correct an earlier one.
             */
            superseded: number;
            /**
             * Format: int64
             * @description Rows that say what is already known.
             */
            unchanged: number;
        };
        RecordMissedRequest: {
            area: string;
            /**
             * Format: date
             * @description The day of the first onset.
             */
            began: string;
            /** @enum {string} */
            hazard: "covid-19" | "influenza" | "rsv" | "mycoplasma" | "unknown-respiratory" | "other";
            /**
             * @default actual
             * @enum {string}
             */
            status?: "actual" | "exercise" | "test";
            /** @description The record that this one corrects. */
            supersedes?: string;
            why: string;
            /** @description There was no such outbreak. */
            withdrawn?: boolean;
        };
        RecordOutcomeRequest: {
            /**
             * Format: date
             * @description The day of the outbreak's first onset.
             */
            began?: string;
            /** @description The event that an outbreak was; signals of one outbreak name the same. */
            event?: string;
            /** @description The outcome that stands and that this one corrects. */
            supersedes?: string;
            /** @enum {string} */
            truth: "outbreak" | "harmless" | "data_error" | "undecided";
            why: string;
        };
        Ref: {
            id: string;
            kind: string;
        };
        ReportDailyRequest: {
            /** Format: date */
            day: string;
            /**
             * @default actual
             * @enum {string}
             */
            status?: "actual" | "exercise" | "test";
            values: components["schemas"]["DailyValue"][];
        };
        ReportNoticeRequest: {
            area: string;
            /**
             * Format: int64
             * @description How many are affected; 0 when not known.
             */
            people: number;
            /**
             * @default actual
             * @enum {string}
             */
            status?: "actual" | "exercise" | "test";
            text: string;
            /** @enum {string} */
            topic: "illness_cluster" | "unusual_death" | "absence_cluster" | "goods_or_cold_chain" | "unsafe_place" | "other";
        };
        Reproduction: {
            /** Format: date */
            day: string;
            /** Format: double */
            high?: number;
            /** Format: double */
            low?: number;
            /** Format: double */
            mean?: number;
            /** Format: double */
            week_high?: number;
            /** Format: double */
            week_low?: number;
            /**
             * Format: double
             * @description As a mean over the week that ends with the day.
             */
            week_mean?: number;
        };
        ResetEvent: {
            reason: string;
        };
        Said: {
            args: {
                [key: string]: string;
            };
            key: string;
        };
        Score: {
            /**
             * Format: double
             * @description Median days from the first onset to its first word; negative before it.
             */
            delay?: number;
            /** @description An indicator or a detector; empty for all together; notice for what people reported. */
            name: string;
            /** @description Outbreaks among the decided signals. */
            precision: components["schemas"]["Ratio"];
            /** @description Outbreaks announced among all known. */
            recall: components["schemas"]["Ratio"];
            /**
             * Format: int64
             * @description Signals that it spoke in.
             */
            signals: number;
            /**
             * Format: int64
             * @description Of them, those without a decided outcome; they are in neither share.
             */
            undecided: number;
        };
        Scoreboard: {
            all: components["schemas"]["Score"];
            detectors: components["schemas"]["Score"][];
            /** Format: date */
            from: string;
            indicators: components["schemas"]["Score"][];
            /**
             * Format: int64
             * @description Outbreaks that no signal announced.
             */
            missed: number;
            /** Format: date */
            to: string;
        };
        SearchSourcesRequest: {
            /**
             * Format: int64
             * @description The stretches into which time is cut.
             * @default 60
             */
            bin_minutes?: number;
            /** @description An open event with a case that a laboratory confirmed. */
            event: string;
            /** Format: date-time */
            from: string;
            /**
             * Format: int64
             * @description The most places and times that are told.
             * @default 20
             */
            most?: number;
            /** @description The cases, two at least. */
            people: string[];
            /**
             * Format: date-time
             * @description Not included.
             */
            until: string;
            /** @description The reason in the officer's words; it is sealed in the journal. */
            why?: string;
        };
        SecondProposalRequest: {
            /** @enum {string} */
            consent: "approve" | "decline";
            /** @description Needed to decline. */
            why?: string;
        };
        SetGrantsRequest: {
            grants: components["schemas"]["Grant"][];
            why: string;
        };
        SetPasswordRequest: {
            password: string;
        };
        Shift: {
            /** Format: date-time */
            from: string;
            id: string;
            post: string;
            /** Format: date-time */
            until: string;
            user: string;
        };
        SignInRequestBody: {
            name: string;
            password: string;
        };
        Signal: {
            area: string;
            /** @description Who triaged it. */
            by?: string;
            /** Format: date-time */
            changed: string;
            /**
             * Format: date
             * @description The inbox day.
             */
            day: string;
            event?: string;
            evidence: components["schemas"]["Evidence"][];
            /** Format: date */
            first: string;
            group: string;
            id: string;
            /** Format: date */
            last: string;
            /** @description What the reader may make of it now. */
            moves: string[];
            /** @description The words of its notices, for those who triage. */
            notice_texts?: string[];
            notices: string[];
            /** Format: date-time */
            raised: string;
            /** Format: double */
            rank: number;
            /**
             * @description Structured counts, or ad-hoc information.
             * @enum {string}
             */
            route: "ibs" | "ebs";
            /** @description Whether it was within the team's budget of that day. */
            shown: boolean;
            /** @description Set while it sleeps. */
            snooze?: components["schemas"]["Snooze"];
            /** @enum {string} */
            state: "raised" | "verified" | "discarded" | "snoozed";
            /** @enum {string} */
            status: "actual" | "exercise" | "test";
            /** @description The stream, or the topic of a notice. */
            stream: string;
            /** @description The area of the team in whose inbox it stands; the city's unless said. */
            team?: string;
        };
        SignedIn: {
            city: string;
            clock: components["schemas"]["Clock"];
            /** @description To be sent as X-CSRF with every request that is not a GET. */
            csrf: string;
            /**
             * @description The language that the city offers first.
             * @enum {string}
             */
            lang: "zh" | "en" | "ja" | "ko";
            /** @description What the user may do somewhere. */
            rights: string[];
            user: components["schemas"]["User"];
            /** @description Whether this server keeps visits. */
            visits: boolean;
        };
        Situation: {
            area: string;
            counts: components["schemas"]["OpenWork"];
            /** Format: date */
            day: string;
            figures: components["schemas"]["Answer"][];
            levels: components["schemas"]["AreaLevel"][];
        };
        Snooze: {
            /** Format: int64 */
            notices: number;
            /** Format: int64 */
            places: number;
            /**
             * Format: double
             * @description The highest score among its findings.
             */
            score: number;
            /**
             * Format: date
             * @description The day on which it wakes.
             */
            until: string;
        };
        SnoozeSignalRequest: {
            /**
             * Format: date
             * @description The day on which it wakes: from tomorrow to 28 days ahead.
             */
            until: string;
            why: string;
        };
        Source: {
            area: string;
            /**
             * Format: int64
             * @description Local hour of the next day by which a day's report is on time.
             */
            due_hour: number;
            id: string;
            /** @enum {string} */
            kind: "health_commission" | "clinic" | "laboratory" | "school" | "pharmacy" | "customs" | "hotline" | "resident" | "reconstruction";
            names: components["schemas"]["Text"];
            /** @description What it is expected to report every day, zero included. */
            streams: string[];
        };
        Spoke: {
            area: string;
            /** Format: date */
            day: string;
            /** Format: double */
            observed: number;
            signal: string;
        };
        Step: {
            /** @description The act that brought the record to this step. */
            act?: string;
            actor?: string;
            /** Format: date-time */
            at: string;
            /** @description The journal entries that wrote the record. */
            entries: components["schemas"]["Entry"][];
            record: components["schemas"]["StepRecord"];
            ref: components["schemas"]["Ref"];
            summary: components["schemas"]["Said"];
            why?: string;
        };
        StepRecord: {
            batch?: components["schemas"]["Batch"];
            directive?: components["schemas"]["Directive"];
            event?: components["schemas"]["Event"];
            level?: components["schemas"]["AreaLevel"];
            notice?: components["schemas"]["Notice"];
            observations?: components["schemas"]["Observation"][];
            proposal?: components["schemas"]["Proposal"];
            signal?: components["schemas"]["Signal"];
        };
        Stream: {
            id: string;
            names: components["schemas"]["Text"];
            /** @enum {string} */
            unit: "people" | "samples" | "visits" | "packs";
        };
        TeamDay: {
            /** @description The area that the team triages, as far as no smaller one has a team. */
            area: string;
            /**
             * Format: int64
             * @description How many signals the team is shown a day.
             */
            budget: number;
            /** Format: int64 */
            left_out: number;
            /** Format: int64 */
            shown: number;
        };
        Template: {
            /** Format: int64 */
            ack_hours: number;
            authority: string;
            completion?: components["schemas"]["TemplateCompletion"];
            /** Format: int64 */
            due_hours: number;
            id: string;
            levels: ("low" | "medium" | "high")[];
            measure: string;
            /** @enum {string} */
            party: "place" | "department" | "unit" | "individual";
            title: components["schemas"]["Text"];
        };
        TemplateCompletion: {
            argument?: string;
            figure: string;
            /** @description Then the target is a share of the area's residents. */
            of_population: boolean;
            /** Format: double */
            target: number;
        };
        Text: {
            en: string;
            ja: string;
            ko: string;
            zh: string;
        };
        Touch: {
            digest: string;
            ref: components["schemas"]["Ref"];
        };
        TriangleCell: {
            /** Format: int64 */
            count?: number;
        };
        TriangleRow: {
            /** Format: date */
            day: string;
            /** @description By delay in days, from 0; none for a delay that lies ahead. */
            known: components["schemas"]["TriangleCell"][];
        };
        User: {
            /** Format: date-time */
            created: string;
            disabled: boolean;
            display: string;
            grants: components["schemas"]["Grant"][];
            id: string;
            /** @description For signing in; lower case. */
            name: string;
            organisation: string;
            /** @description The one source for which a reporter may enter counts. */
            source?: string;
        };
        Verdict: {
            /**
             * @description Why the day was not judged; absent where it was.
             * @enum {string}
             */
            abstained?: "unreported" | "short" | "flat" | "rare" | "unfit" | "unusable";
            alarm: boolean;
            /**
             * Format: double
             * @description The largest count that would still be usual.
             */
            bound?: number;
            /**
             * Format: int64
             * @description Absent when nobody had reported.
             */
            count?: number;
            /** Format: double */
            expected?: number;
            /** Format: double */
            p_value?: number;
            reconstructed: boolean;
            /** @description The same in the detector's own words. */
            why?: string;
        };
        VerdictDay: {
            /** Format: date */
            day: string;
            /**
             * Format: date-time
             * @description The end of the day, or of the day on which it was first told about.
             */
            judged: string;
            /** @description Absent where it is the same. */
            now?: components["schemas"]["Verdict"];
            then: components["schemas"]["Verdict"];
        };
        Verdicts: {
            area: string;
            /** Format: date-time */
            as_of: string;
            days: components["schemas"]["VerdictDay"][];
            indicator: components["schemas"]["Indicator"];
            /** @description Under which the indicator has a finding on these days in the area; the newest first. */
            signals: components["schemas"]["RaisedBy"][];
            /** @description The part of the area's counts that was judged; absent for the whole. */
            stratum?: string;
        };
        VerifySignalRequest: {
            /** @enum {string} */
            hazard: "covid-19" | "influenza" | "rsv" | "mycoplasma" | "unknown-respiratory" | "other" | "surveillance-gap";
            why: string;
        };
        Vintage: {
            /** Format: date-time */
            as_of: string;
            nowcast: components["schemas"]["NowcastDay"][];
        };
        VisitOutcomes: {
            /** @description known: stored before; no_visit: there is no such visit on that day to amend; impossible: it would end before it begins, or last more than 24 hours; limited: not stored, for the site sent too many at once, and may be sent again; counted: stored without the person, for no declaration covers the site. */
            outcomes: ("stored" | "known" | "no_visit" | "impossible" | "counted" | "limited")[];
        };
        VisitRecord: {
            /**
             * @default check_in
             * @enum {string}
             */
            act?: "check_in" | "check_out" | "correct" | "withdraw";
            /**
             * Format: date
             * @description The day of the visit that is amended.
             */
            day?: string;
            /** Format: date-time */
            enter?: string;
            /** Format: int64 */
            entrance?: number;
            /**
             * Format: uuid
             * @description Drawn by the sender; the same observation always has the same.
             */
            id: string;
            /**
             * Format: date-time
             * @description For an open visit the automatic leave of the site's class.
             */
            leave?: string;
            /**
             * Format: uuid
             * @description The visit that is amended: the id of its check-in.
             */
            of?: string;
            /** @description Nobody has checked out yet. */
            open?: boolean;
            /**
             * Format: int64
             * @default 1
             */
            party?: number;
            /** Format: uuid */
            person?: string;
            /** Format: uuid */
            site?: string;
        };
        Voice: {
            /** @description The kinds of areas that it judges. */
            areas: ("city" | "district" | "street" | "community" | "grid")[];
            /**
             * Format: double
             * @description Cost of a false alarm, as a share of what a missed outbreak costs.
             */
            cost: number;
            /** @description What last came of its stream; absent where nothing did in 120 days. */
            data?: components["schemas"]["DataCame"];
            detector: string;
            /**
             * Format: int64
             * @description Days between two counts.
             * @enum {integer}
             */
            every: 1 | 7;
            /**
             * Format: int64
             * @description Areas and days that it found in the last 28 days.
             */
            findings: number;
            /**
             * @description The kind of area within which its findings are one signal.
             * @enum {string}
             */
            group: "city" | "district" | "street";
            /**
             * Format: int64
             * @description What a true signal can mean, 1 to 5.
             */
            harm: number;
            id: string;
            names: components["schemas"]["Text"];
            params: {
                [key: string]: unknown;
            };
            /**
             * Format: int64
             * @description Signals that hold them.
             */
            signals: number;
            /** @description Its latest finding; absent where it never spoke. */
            spoke?: components["schemas"]["Spoke"];
            /** @description The parts of an area's counts that it judges, each on its own; one empty text for the whole. */
            strata: string[];
            stream: string;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    health: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Health"];
                };
            };
            /** @description It was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    openapi: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "Content-Type"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": string;
                };
            };
            /** @description It was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listAlarms: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListAlarm"];
                };
            };
            /** @description It was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getChain: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                kind: "directive" | "proposal" | "level" | "event" | "signal" | "notice" | "batch";
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Chain"];
                };
            };
            /** @description It was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getCity: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CityFacts"];
                };
            };
            /** @description It was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getBoundaries: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "Content-Type"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": string;
                };
            };
            /** @description It was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getClock: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Clock"];
                };
            };
            /** @description It was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    moveClock: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MoveClockRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Clock"];
                };
            };
            /** @description It was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getClusters: {
        parameters: {
            query: {
                /** @description Records of different status never mix. */
                status?: "actual" | "exercise" | "test";
                stream: string;
                /** @description The reader's widest area unless said. */
                area?: string;
                /** @description The last day that is looked at; the city's day unless said. */
                day?: string;
                /** @description The latest recording time that may be used; now unless said. */
                as_of?: string;
                /** @description The kind of area that is scanned. */
                rank?: "district" | "street" | "community" | "grid";
                /** @description What a place is compared with: people, its own past, or its own share of every day. By people for counts of people unless said, by share for other counts. */
                model?: "pb_poisson" | "eb_poisson" | "permutation";
                /** @description Days that are looked at. */
                days?: number;
                /** @description Longest cluster, in days; at most half of the days. */
                longest?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ClusterMap"];
                };
            };
            /** @description It was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    ingestCounts: {
        parameters: {
            query: {
                /** @description Records of different status never mix. */
                status?: "actual" | "exercise" | "test";
                source: string;
                /** @description Load nothing; say what would happen. */
                preview?: boolean;
                /** @description Load the good rows although others are bad. */
                good_only?: boolean;
                /** @description The counts are totals up to their day. */
                cumulative?: boolean;
                why?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CountRows"];
                "text/csv": string;
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Receipt"];
                };
            };
            /** @description It was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getBatch: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Batch"];
                };
            };
            /** @description It was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getCurve: {
        parameters: {
            query: {
                /** @description Records of different status never mix. */
                status?: "actual" | "exercise" | "test";
                stream: string;
                /** @description The reader's widest area unless said. */
                area?: string;
                /** @description 60 days before the last unless said. */
                from?: string;
                /** @description The city's day unless said. */
                to?: string;
                /** @description The latest recording time that may be used; now unless said. */
                as_of?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Curve"];
                };
            };
            /** @description It was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getHistory: {
        parameters: {
            query: {
                /** @description Records of different status never mix. */
                status?: "actual" | "exercise" | "test";
                stream: string;
                area: string;
                day: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListObservation"];
                };
            };
            /** @description It was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getCourse: {
        parameters: {
            query: {
                /** @description Records of different status never mix. */
                status?: "actual" | "exercise" | "test";
                stream: string;
                /** @description The reader's widest area unless said. */
                area?: string;
                /** @description The last day that is looked at; the city's day unless said. */
                day?: string;
                /** @description The latest recording time that may be used; now unless said. */
                as_of?: string;
                /** @description Mean serial interval in days, above 1. */
                interval_mean?: number;
                /** @description Its standard deviation in days. */
                interval_sd?: number;
                /** @description Days to come. */
                ahead?: number;
                /** @description How many earlier days are asked what they said. */
                earlier?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Course"];
                };
            };
            /** @description It was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listDeclarations: {
        parameters: {
            query?: {
                /** @description Cursor of the page before. */
                after?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListDeclaration"];
                };
            };
            /** @description It was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    declareVisits: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DeclareVisitsRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Declaration"];
                };
            };
            /** @description It was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    moveDeclaration: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MoveDeclarationRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Declaration"];
                };
            };
            /** @description It was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getDemonstration: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListDemoSignIn"];
                };
            };
            /** @description It was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listDirectives: {
        parameters: {
            query?: {
                /** @description Records of different status never mix. */
                status?: "actual" | "exercise" | "test";
                /** @description Cursor of the page before. */
                after?: string;
                limit?: number;
                state?: ("drafted" | "issued" | "acknowledged" | "reported" | "verified" | "closed" | "withdrawn")[] | null;
                /** @description This area and all within it. */
                area?: string;
                /** @description Answered for by this post now. */
                post?: string;
                event?: string;
                order?: "time" | "due";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListDirective"];
                };
            };
            /** @description It was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    issueDirective: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["IssueDirectiveRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Directive"];
                };
            };
            /** @description It was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getDirective: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Directive"];
                };
            };
            /** @description It was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    moveDirective: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MoveDirectiveRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Directive"];
                };
            };
            /** @description It was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listDuty: {
        parameters: {
            query?: {
                /** @description Now unless said. */
                at?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListShift"];
                };
            };
            /** @description It was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    addShift: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AddShiftRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Shift"];
                };
            };
            /** @description It was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listEvents: {
        parameters: {
            query?: {
                /** @description Records of different status never mix. */
                status?: "actual" | "exercise" | "test";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListEvent"];
                };
            };
            /** @description It was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    streamEvents: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The stream. The data of each event is JSON, by the event's name. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": {
                        act?: components["schemas"]["ActEvent"];
                        clock?: components["schemas"]["Clock"];
                        reset?: components["schemas"]["ResetEvent"];
                    };
                };
            };
            /** @description It was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listFigures: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListFigure"];
                };
            };
            /** @description It was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    askFigure: {
        parameters: {
            query?: {
                /** @description Records of different status never mix. */
                status?: "actual" | "exercise" | "test";
                /** @description The reader's widest area unless said. */
                area?: string;
                /** @description 13 days before the last unless said; ignored for a state. */
                from?: string;
                /** @description The city's day unless said. */
                to?: string;
                /** @description The latest recording time that may be used; now unless said. */
                as_of?: string;
                argument?: string;
            };
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Answer"];
                };
            };
            /** @description It was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    checkRecords: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Fsck"];
                };
            };
            /** @description It was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getInbox: {
        parameters: {
            query?: {
                /** @description Records of different status never mix. */
                status?: "actual" | "exercise" | "test";
                /** @description The city's day unless said. */
                day?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Inbox"];
                };
            };
            /** @description It was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listIndicators: {
        parameters: {
            query?: {
                /** @description Records of different status never mix. */
                status?: "actual" | "exercise" | "test";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListVoice"];
                };
            };
            /** @description It was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getVerdicts: {
        parameters: {
            query?: {
                /** @description Records of different status never mix. */
                status?: "actual" | "exercise" | "test";
                /** @description The reader's widest area unless said. */
                area?: string;
                /** @description One of the indicator's strata; its first unless said. */
                stratum?: string;
                /** @description 60 days before the last unless said; at most 1100 days. */
                from?: string;
                /** @description The city's day unless said. */
                to?: string;
                /** @description The latest recording time that may be used; now unless said. */
                as_of?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Verdicts"];
                };
            };
            /** @description It was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listEntries: {
        parameters: {
            query?: {
                /** @description Cursor of the page before. */
                after?: string;
                limit?: number;
                actor?: string;
                /** @description The whole name, or a prefix that ends with a dot. */
                act?: string;
                /** @description kind/id */
                subject?: string;
                from?: string;
                to?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListEntry"];
                };
            };
            /** @description It was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getEntry: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Entry"];
                };
            };
            /** @description It was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listLevels: {
        parameters: {
            query?: {
                /** @description Records of different status never mix. */
                status?: "actual" | "exercise" | "test";
                /** @description Now unless said. */
                at?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListAreaLevel"];
                };
            };
            /** @description It was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listMissed: {
        parameters: {
            query?: {
                /** @description Records of different status never mix. */
                status?: "actual" | "exercise" | "test";
                /** @description A year before to unless said. */
                from?: string;
                /** @description The city's day unless said. */
                to?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListMissed"];
                };
            };
            /** @description It was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    recordMissed: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RecordMissedRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Missed"];
                };
            };
            /** @description It was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    reportNotice: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReportNoticeRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NoticeReceipt"];
                };
            };
            /** @description It was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listPacks: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListPack"];
                };
            };
            /** @description It was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getPack: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Pack"];
                };
            };
            /** @description It was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    dryRunPack: {
        parameters: {
            query?: {
                /** @description Records of different status never mix. */
                status?: "actual" | "exercise" | "test";
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DryRunPackRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Changes"];
                };
            };
            /** @description It was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listPeople: {
        parameters: {
            query?: {
                /** @description Cursor of the page before. */
                after?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListPerson"];
                };
            };
            /** @description It was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listProposals: {
        parameters: {
            query?: {
                /** @description Records of different status never mix. */
                status?: "actual" | "exercise" | "test";
                /** @description Cursor of the page before. */
                after?: string;
                limit?: number;
                state?: ("open" | "seconding" | "accepted" | "overridden" | "declined" | "lapsed")[] | null;
                /** @description This area and all within it. */
                area?: string;
                event?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListProposal"];
                };
            };
            /** @description It was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    askProposal: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AskProposalRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Proposal"];
                };
            };
            /** @description It was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getProposal: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Proposal"];
                };
            };
            /** @description It was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    acceptProposal: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AcceptProposalRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Proposal"];
                };
            };
            /** @description It was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listDrafts: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListDraft"];
                };
            };
            /** @description It was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    overrideProposal: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OverrideProposalRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Proposal"];
                };
            };
            /** @description It was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    secondProposal: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SecondProposalRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Proposal"];
                };
            };
            /** @description It was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getPublicForm: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PublicForm"];
                };
            };
            /** @description It was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    reportPublicNotice: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NoticeForm"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NoticeReceipt"];
                };
            };
            /** @description It was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    reportDaily: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReportDailyRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Receipt"];
                };
            };
            /** @description It was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getDailyForm: {
        parameters: {
            query?: {
                /** @description Records of different status never mix. */
                status?: "actual" | "exercise" | "test";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DailyForm"];
                };
            };
            /** @description It was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getQuality: {
        parameters: {
            query?: {
                /** @description 14 days before the last unless said. */
                from?: string;
                /** @description Yesterday unless said: today's reports are not due yet. */
                to?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListQuality"];
                };
            };
            /** @description It was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getScoreboard: {
        parameters: {
            query?: {
                /** @description Records of different status never mix. */
                status?: "actual" | "exercise" | "test";
                /** @description A year before to unless said. */
                from?: string;
                /** @description The city's day unless said. */
                to?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Scoreboard"];
                };
            };
            /** @description It was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getSession: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SignedIn"];
                };
            };
            /** @description It was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    signIn: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SignInRequestBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "Set-Cookie"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SignedIn"];
                };
            };
            /** @description It was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    signOut: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    "Set-Cookie"?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    changeOwnPassword: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OwnPasswordRequestBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    "Set-Cookie"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SignedIn"];
                };
            };
            /** @description It was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listSignals: {
        parameters: {
            query?: {
                /** @description Records of different status never mix. */
                status?: "actual" | "exercise" | "test";
                /** @description Cursor of the page before. */
                after?: string;
                limit?: number;
                state?: ("raised" | "verified" | "discarded" | "snoozed")[] | null;
                /** @description This area and all within it. */
                area?: string;
                /** @description Of the inbox of this day only. */
                day?: string;
                order?: "time" | "rank";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListSignal"];
                };
            };
            /** @description It was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getSignal: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Signal"];
                };
            };
            /** @description It was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    discardSignal: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Reason"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Signal"];
                };
            };
            /** @description It was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listOutcomes: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListOutcome"];
                };
            };
            /** @description It was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    recordOutcome: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RecordOutcomeRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Outcome"];
                };
            };
            /** @description It was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    snoozeSignal: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SnoozeSignalRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Signal"];
                };
            };
            /** @description It was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    verifySignal: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["VerifySignalRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Event"];
                };
            };
            /** @description It was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    wakeSignal: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Reason"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Signal"];
                };
            };
            /** @description It was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getSituation: {
        parameters: {
            query?: {
                /** @description Records of different status never mix. */
                status?: "actual" | "exercise" | "test";
                /** @description The reader's widest area unless said. */
                area?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Situation"];
                };
            };
            /** @description It was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getTimeline: {
        parameters: {
            query?: {
                /** @description 30 days before the last unless said. */
                from?: string;
                /** @description The city's day unless said. */
                to?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListMoment"];
                };
            };
            /** @description It was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listUsers: {
        parameters: {
            query?: {
                /** @description Cursor of the page before. */
                after?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListUser"];
                };
            };
            /** @description It was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    addUser: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AddUserRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["User"];
                };
            };
            /** @description It was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    disableUser: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Reason"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["User"];
                };
            };
            /** @description It was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    setGrants: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SetGrantsRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["User"];
                };
            };
            /** @description It was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    setPassword: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SetPasswordRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["User"];
                };
            };
            /** @description It was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    sendVisits: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/cbor": string;
                "application/json": components["schemas"]["VisitRecord"][] | null;
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VisitOutcomes"];
                };
            };
            /** @description It was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listDisclosures: {
        parameters: {
            query?: {
                /** @description Cursor of the page before. */
                after?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListDisclosure"];
                };
            };
            /** @description It was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    discloseVisits: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DiscloseVisitsRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Disclosed"];
                };
            };
            /** @description It was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getOccupancy: {
        parameters: {
            query: {
                site: string;
                /** @description The start of the window; without one only who is there now. */
                from?: string;
                /** @description Not included; now unless said. */
                until?: string;
                step_minutes?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Occupancy"];
                };
            };
            /** @description It was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    searchSources: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SearchSourcesRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Leads"];
                };
            };
            /** @description It was not carried out. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
}
