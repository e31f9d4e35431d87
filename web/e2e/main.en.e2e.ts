import { mainPath } from './mainPath'

mainPath('en', 'desk')
