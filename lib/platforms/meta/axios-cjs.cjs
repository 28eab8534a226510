// The SDK makes its calls with the CommonJS copy of axios; an ESM import would be another copy with other settings.
module.exports = require("axios");
