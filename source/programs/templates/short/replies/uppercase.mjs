message = String(message).toUpperCase();
