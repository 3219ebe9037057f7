message = [...String(message)].reverse().join('');
