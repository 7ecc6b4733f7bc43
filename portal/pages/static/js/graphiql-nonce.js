// The dialogs' library asks for this name when it writes its style element.
window.__webpack_nonce__ = document.querySelector('meta[name="style-nonce"]').content;
