import js from "@eslint/js";
import tseslint from "typescript-eslint";

const HTML_STRINGS =
  "Leaflet and the DOM read a string as HTML: pass a node built with textContent.";

export default tseslint.config(
  { ignores: ["static/", "node_modules/"] },
  js.configs.recommended,
  ...tseslint.configs.strict,
  {
    rules: {
      eqeqeq: "error",
      "max-lines": ["error", 300],
      "no-restricted-syntax": [
        "error",
        {
          selector: "MemberExpression[property.name=/^(inner|outer)HTML$/]",
          message: HTML_STRINGS,
        },
        {
          selector:
            "CallExpression[callee.property.name=/^(bindPopup|bindTooltip|setContent|insertAdjacentHTML)$/] > Literal",
          message: HTML_STRINGS,
        },
        { selector: "ExportDefaultDeclaration", message: "Name what you export." },
      ],
    },
  },
  {
    // fetch() stands in one module, so that there is one place that knows addresses; the
    // service worker stands between that and the network.
    files: ["src/**/*.ts"],
    ignores: ["src/api.ts", "src/sw.ts"],
    rules: { "no-restricted-globals": ["error", "fetch"] },
  },
  {
    files: ["*.config.{js,ts}"],
    rules: { "no-restricted-syntax": "off" },
  },
);
