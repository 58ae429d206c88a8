package org.almagest.query.cql2;

import java.util.Locale;
import org.almagest.error.InvalidRequestException;
import org.almagest.error.Quoted;
import org.almagest.model.Limits;

/** The tokens of a filter's text, one at a time. */
final class Cql2Tokens {
    private static final String SYMBOLS = "()<>=,+-*/^%";

    private final String text;
    private final Limits limits;
    private Token current;
    private int position;

    /** What a token is. */
    enum Kind {
        NAME,
        QUOTED_NAME,
        STRING,
        NUMBER,
        SYMBOL,
        END
    }

    /** A token: its content without quotes and escapes, and where it begins and ends in the text. */
    record Token(Kind kind, String content, int start, int end) {
        boolean isSymbol(String symbol) {
            return kind == Kind.SYMBOL && content.equals(symbol);
        }

        /** Tells whether this is a word, in any case and not in quotes. */
        boolean isWord(String word) {
            return kind == Kind.NAME && content.toUpperCase(Locale.ROOT).equals(word);
        }
    }

    Cql2Tokens(String text, Limits limits) {
        this.text = text;
        this.limits = limits;
        this.current = read();
    }

    /** Returns the token that comes next, without taking it. */
    Token peek() {
        return current;
    }

    /** Takes the next token. */
    Token next() {
        Token taken = current;
        current = read();
        return taken;
    }

    /** Returns the text from a position to the parenthesis that closes the first one after it, and goes on behind it. */
    String takeParenthesised(int from) {
        int open = text.indexOf('(', from);
        int at = open;
        int depth = 0;
        do {
            if (at < 0 || at >= text.length()) {
                throw refusal(from, "parenthesis without an end (expected \")\")");
            }
            depth += text.charAt(at) == '(' ? 1 : text.charAt(at) == ')' ? -1 : 0;
            at++;
        } while (depth > 0);
        return takeTo(from, at);
    }

    /** Returns the text from one position to another, and goes on behind it. */
    String takeTo(int from, int to) {
        position = to;
        current = read();
        return text.substring(from, to);
    }

    /** Takes the next token if it is this symbol. */
    boolean takeSymbol(String symbol) {
        boolean found = current.isSymbol(symbol);
        if (found) {
            next();
        }
        return found;
    }

    /** Takes the next token if it is this word. */
    boolean takeWord(String word) {
        boolean found = current.isWord(word);
        if (found) {
            next();
        }
        return found;
    }

    /** Returns the refusal of the next token where something else should stand. */
    InvalidRequestException unexpected(String expected) {
        String found = current.kind == Kind.END ? "end" : quoted(current);
        return refusal(current.start, "unexpected " + found + " (expected " + expected + ")");
    }

    private String quoted(Token token) {
        return Quoted.text(text.substring(token.start, token.end));
    }

    /** Returns the refusal of what stands at a position, counted in UTF-16 units from 0. */
    InvalidRequestException refusal(int at, String problem) {
        int lineStart = text.lastIndexOf('\n', at - 1) + 1;
        long line =
                1 + text.substring(0, lineStart).chars().filter(c -> c == '\n').count();
        int column = 1 + text.codePointCount(lineStart, at);
        return new InvalidRequestException(
                "filter: " + (line > 1 ? "line " + line + ", " : "") + "column " + column, problem);
    }

    private Token read() {
        while (position < text.length() && Character.isWhitespace(text.charAt(position))) {
            position++;
        }
        int start = position;
        if (start == text.length()) {
            return new Token(Kind.END, "", start, start);
        }
        int first = text.codePointAt(start);
        if (first == '\'') {
            return readQuoted(Kind.STRING, '\'');
        } else if (first == '"') {
            return readQuoted(Kind.QUOTED_NAME, '"');
        } else if (isDigit(first) || first == '.' && isDigitAt(start + 1)) {
            return readNumber();
        } else if (isNameStart(first)) {
            return readName();
        } else if (SYMBOLS.indexOf(first) < 0) {
            throw refusal(start, "unexpected " + Quoted.text(Character.toString(first)));
        }
        boolean two = text.startsWith("<>", start) || text.startsWith("<=", start) || text.startsWith(">=", start);
        position = start + (two ? 2 : 1);
        return new Token(Kind.SYMBOL, text.substring(start, position), start, position);
    }

    private Token readQuoted(Kind kind, char quote) {
        int start = position;
        StringBuilder content = new StringBuilder();
        int from = start + 1;
        while (true) {
            int to = text.indexOf(quote, from);
            if (to < 0) {
                throw refusal(
                        start, (kind == Kind.STRING ? "text" : "name") + " without an end (expected " + quote + ")");
            }
            content.append(text, from, to);
            if (to + 1 == text.length() || text.charAt(to + 1) != quote) {
                position = to + 1;
                return new Token(kind, content.toString(), start, position);
            }
            content.append(quote);
            from = to + 2;
        }
    }

    private Token readNumber() {
        int start = position;
        int end = afterDigits(start);
        if (end < text.length() && text.charAt(end) == '.') {
            end = afterDigits(end + 1);
        }
        if (end < text.length() && (text.charAt(end) == 'e' || text.charAt(end) == 'E')) {
            int exponent = end + 1;
            if (exponent < text.length() && (text.charAt(exponent) == '+' || text.charAt(exponent) == '-')) {
                exponent++;
            }
            end = isDigitAt(exponent) ? afterDigits(exponent) : end;
        }
        Limits.check("filter: number length", "filterNumberLengthMax", end - start, limits.filterNumberLengthMax());
        position = end;
        return new Token(Kind.NUMBER, text.substring(start, end), start, end);
    }

    private int afterDigits(int from) {
        int at = from;
        while (isDigitAt(at)) {
            at++;
        }
        return at;
    }

    private Token readName() {
        int start = position;
        int end = nameEnd(text, start);
        position = end;
        return new Token(Kind.NAME, text.substring(start, end), start, end);
    }

    /** Returns where a name ends that begins at {@code from} and needs no quotes; {@code from} where there is none. */
    static int nameEnd(String text, int from) {
        int at = from;
        while (at < text.length()) {
            int point = text.codePointAt(at);
            if (at == from ? !isNameStart(point) : !isNamePart(point)) {
                break;
            }
            at += Character.charCount(point);
        }
        return at;
    }

    private static boolean isNameStart(int point) {
        return point == '_' || point == ':' || Character.isLetter(point);
    }

    private static boolean isNamePart(int point) {
        return isNameStart(point)
                || point == '.'
                || isDigit(point)
                || Character.getType(point) == Character.NON_SPACING_MARK;
    }

    private boolean isDigitAt(int at) {
        return at < text.length() && isDigit(text.charAt(at));
    }

    private static boolean isDigit(int point) {
        return point >= '0' && point <= '9';
    }
}
