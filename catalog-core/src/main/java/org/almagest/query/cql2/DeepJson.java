package org.almagest.query.cql2;

import org.almagest.error.LimitExceededException;
import org.almagest.model.Limits;

/**
 * Tells why a JSON text that is nested deeper than any filter within the limits is refused: it may be a filter that is
 * too deep, or something else. Reads the text once more, as far as it was well-formed.
 */
final class DeepJson {
    private static final String OPERANDS = "\"args\"";

    private final String text;

    /** For each open level, whether it is the operands of an operation. */
    private final boolean[] operands;

    private int position;
    private int depth;

    /**
     * Looks for the first place that is too deep.
     *
     * @param text well-formed up to that place
     * @param depthMax levels that are not too deep
     */
    DeepJson(String text, int depthMax) {
        this.text = text;
        this.operands = new boolean[depthMax];
        boolean named = false;
        while (true) {
            char c = text.charAt(position);
            if (c == '"') {
                named = text.startsWith(OPERANDS, position);
                skipString();
            } else if (c == '{' || c == '[') {
                if (depth == depthMax) {
                    return;
                }
                operands[depth++] = named && c == '[';
                named = false;
            } else if (c == '}' || c == ']') {
                depth--;
            } else if (c == ',') {
                named = false;
            }
            position++;
        }
    }

    /** Steps to the end of a string. */
    private void skipString() {
        for (position++; text.charAt(position) != '"'; position++) {
            if (text.charAt(position) == '\\') {
                position++;
            }
        }
    }

    /** Returns what to say: operations within each other are a filter, whatever else they are. */
    LimitExceededException refusal(Limits limits) {
        int operations = 0;
        for (boolean isOperands : operands) {
            operations += isOperands ? 1 : 0;
        }
        long most = limits.filterDepthMax();
        if (operations > most) {
            return new LimitExceededException("filter: depth", "filterDepthMax", most + 1, most);
        }
        return new LimitExceededException("filter: json: depth", "filterDepthMax", depth + 1L, depth).at(where());
    }

    private String where() {
        int lineStart = text.lastIndexOf('\n', position) + 1;
        long line =
                1 + text.substring(0, lineStart).chars().filter(c -> c == '\n').count();
        return "line " + line + " column " + (position - lineStart + 1);
    }
}
