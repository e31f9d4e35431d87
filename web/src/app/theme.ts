// Mantine in the console's own measures: small radii, dense controls, the
// tokens' colours. Only what parts cannot say in CSS stands here.

import { Button, createTheme, Drawer, Modal, NumberInput, PasswordInput, Select, Textarea, TextInput, type MantineColorsTuple } from '@mantine/core'

const sea: MantineColorsTuple = [
  '#e9f3f9', '#d2e5f1', '#a6cbe3', '#76aed3', '#4f96c5', '#2b7cad', '#146a9c', '#0b5a87', '#094a70', '#06364f',
]

/** The greys of the dark scheme, in the tone of the tokens. */
const night: MantineColorsTuple = [
  '#e7eef4', '#b3c1cd', '#93a3b1', '#5c6f80', '#33434f', '#26333f', '#1a252f', '#131c24', '#0f171e', '#0b1117',
]

const dense = { defaultProps: { size: 'sm' } }

export const theme = createTheme({
  primaryColor: 'sea',
  primaryShade: { light: 7, dark: 6 },
  autoContrast: true,
  respectReducedMotion: true,
  colors: { sea, dark: night },
  fontFamily: 'var(--bw-font)',
  fontFamilyMonospace: 'var(--bw-mono)',
  defaultRadius: 3,
  fontSizes: { xs: '0.6875rem', sm: '0.8125rem', md: '0.9375rem', lg: '1.0625rem', xl: '1.1875rem' },
  headings: { fontFamily: 'var(--bw-font)' },
  components: {
    Button: Button.extend({ defaultProps: { size: 'xs' } }),
    TextInput: TextInput.extend(dense),
    PasswordInput: PasswordInput.extend(dense),
    NumberInput: NumberInput.extend(dense),
    Select: Select.extend({ defaultProps: { size: 'sm', allowDeselect: false } }),
    Textarea: Textarea.extend(dense),
    // The head of a dialog is no second banner of the document.
    // Dialogs come and go at once: one that fades can still be in the way of the next click.
    Drawer: Drawer.extend({ defaultProps: { transitionProps: { duration: 0 }, attributes: { header: { role: 'none' } } } }),
    Modal: Modal.extend({ defaultProps: { centered: true, transitionProps: { duration: 0 }, attributes: { header: { role: 'none' } } } }),
  },
})
