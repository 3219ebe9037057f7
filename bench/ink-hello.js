import {createElement} from 'react';
import {render, Text} from 'ink';

render(createElement(Text, null, 'hello'));
