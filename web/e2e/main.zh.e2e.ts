import { mainPath } from './mainPath'

mainPath('zh', 'phone')
