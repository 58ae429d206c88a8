package org.almagest.internal.json;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.almagest.error.InvalidRequestException;
import org.almagest.error.LimitExceededException;
import org.almagest.error.Quoted;

/**
 * Reads one strict JSON text (RFC 8259), within limits, into a tree.
 *
 * <p>Refused beyond what the grammar refuses: a member name that occurs twice in an object, lone surrogates, invalid
 * UTF-8, anything after the value. Numbers keep their digits. An instance reads one text and is then spent.
 */
public final class JsonReader {
    private final String text;
    private final JsonLimits limits;

    /** One instance per name in this text: objects of equal shape are the rule in arrays of objects. */
    private final Map<String, String> names = new HashMap<>();

    private int position;
    private int depth;
    private long values;

    private JsonReader(String text, JsonLimits limits) {
        this.text = text;
        this.limits = limits;
    }

    /**
     * Returns the value that {@code text} holds.
     *
     * @throws InvalidRequestException if the text is not strict JSON, with line and column
     * @throws LimitExceededException if a limit is passed; nothing past it was read
     */
    public static JsonValue read(String text, JsonLimits limits) {
        long bytes = text.length() > limits.bytesMax() / 3 ? utf8Bytes(text) : 0;
        if (bytes > limits.bytesMax()) {
            throw new LimitExceededException("json: bytes", limits.bytesName(), bytes, limits.bytesMax());
        }
        return new JsonReader(text, limits).readAll();
    }

    /**
     * Returns the value that the remaining bytes hold as UTF-8; the buffer's position does not move.
     *
     * @throws InvalidRequestException if the bytes are not UTF-8 or not strict JSON
     * @throws LimitExceededException if a limit is passed; nothing past it was read
     */
    public static JsonValue read(ByteBuffer utf8, JsonLimits limits) {
        if (utf8.remaining() > limits.bytesMax()) {
            throw new LimitExceededException("json: bytes", limits.bytesName(), utf8.remaining(), limits.bytesMax());
        }
        return new JsonReader(decode(utf8.duplicate()), limits).readAll();
    }

    private static String decode(ByteBuffer utf8) {
        int start = utf8.position();
        CharBuffer chars = CharBuffer.allocate(utf8.remaining());
        CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        CoderResult result = decoder.decode(utf8, chars, true);
        if (result.isError()) {
            throw new InvalidRequestException("json", "invalid UTF-8 [byte " + (utf8.position() - start) + "]");
        }
        return chars.flip().toString();
    }

    private static long utf8Bytes(String text) {
        long bytes = text.length();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 0x800) {
                bytes += Character.isSurrogate(c) ? 1 : 2; // a pair makes four bytes of two units
            } else if (c >= 0x80) {
                bytes++;
            }
        }
        return bytes;
    }

    private JsonValue readAll() {
        JsonValue value = readValue();
        skipBlanks();
        if (position < text.length()) {
            throw unexpected("the end of the text");
        }
        return value;
    }

    private JsonValue readValue() {
        skipBlanks();
        if (++values > limits.valuesMax()) {
            throw new LimitExceededException("json: values", limits.valuesName(), values, limits.valuesMax());
        }
        switch (peek()) {
            case '{':
                return readObject();
            case '[':
                return readArray();
            case '"':
                return new JsonString(readString());
            case 't':
                return readWord("true", JsonBoolean.TRUE);
            case 'f':
                return readWord("false", JsonBoolean.FALSE);
            case 'n':
                return readWord("null", JsonNull.NULL);
            default:
                return readNumber();
        }
    }

    private JsonValue readWord(String word, JsonValue value) {
        if (!text.startsWith(word, position)) {
            throw unexpected("a value");
        }
        position += word.length();
        return value;
    }

    private JsonArray readArray() {
        enter();
        List<JsonValue> elements = new ArrayList<>();
        if (!closes(']')) {
            do {
                elements.add(readValue());
            } while (continues(']'));
        }
        depth--;
        return new JsonArray(elements);
    }

    private JsonObject readObject() {
        enter();
        Map<String, JsonValue> members = new LinkedHashMap<>();
        if (!closes('}')) {
            do {
                skipBlanks();
                int at = position;
                if (peek() != '"') {
                    throw unexpected("a member name");
                }
                String name = names.computeIfAbsent(readString(), same -> same);
                skipBlanks();
                if (peek() != ':') {
                    throw unexpected("\":\"");
                }
                position++;
                if (members.put(name, readValue()) != null) {
                    throw new InvalidRequestException("json", "repeated member: " + Quoted.text(name) + where(at));
                }
            } while (continues('}'));
        }
        depth--;
        return new JsonObject(members);
    }

    private void enter() {
        position++;
        if (++depth > limits.depthMax()) {
            throw new LimitExceededException("json: depth", limits.depthName(), depth, limits.depthMax());
        }
    }

    /** Steps over {@code end} when it comes next, so that an empty object or array ends at once. */
    private boolean closes(char end) {
        skipBlanks();
        if (peek() != end) {
            return false;
        }
        position++;
        return true;
    }

    /** Steps over a comma, then true, or over {@code end}, then false. */
    private boolean continues(char end) {
        skipBlanks();
        char c = peek();
        if (c != ',' && c != end) {
            throw unexpected("\",\" or \"" + end + "\"");
        }
        position++;
        return c == ',';
    }

    private String readString() {
        int start = ++position;
        boolean surrogates = false;
        while (position < text.length()) {
            char c = text.charAt(position);
            if (c == '"') {
                return checked(text.substring(start, position++), surrogates, start);
            }
            if (c == '\\') {
                return readEscapedString(start);
            }
            if (c < ' ') {
                throw unexpected("an escaped control character");
            }
            surrogates |= Character.isSurrogate(c);
            position++;
        }
        throw unexpected("the end of the string");
    }

    private String readEscapedString(int start) {
        StringBuilder out = new StringBuilder(position - start + 32).append(text, start, position);
        while (position < text.length()) {
            char c = text.charAt(position);
            if (c == '"') {
                position++;
                return checked(out.toString(), true, start);
            }
            if (c < ' ') {
                throw unexpected("an escaped control character");
            }
            position++;
            out.append(c == '\\' ? readEscape() : c);
        }
        throw unexpected("the end of the string");
    }

    private char readEscape() {
        char c = peek();
        position++;
        switch (c) {
            case '"':
            case '\\':
            case '/':
                return c;
            case 'b':
                return '\b';
            case 'f':
                return '\f';
            case 'n':
                return '\n';
            case 'r':
                return '\r';
            case 't':
                return '\t';
            case 'u':
                return readHexEscape();
            default:
                position--;
                throw unexpected("an escape");
        }
    }

    private char readHexEscape() {
        int value = 0;
        for (int i = 0; i < 4; i++) {
            char c = peek();
            int digit = c < 0x80 ? Character.digit(c, 16) : -1;
            if (digit < 0) {
                throw unexpected("a hexadecimal digit");
            }
            value = value << 4 | digit;
            position++;
        }
        return (char) value;
    }

    private String checked(String value, boolean surrogates, int start) {
        for (int i = 0; surrogates && i < value.length(); i++) {
            char c = value.charAt(i);
            if (Character.isSurrogate(c)) {
                boolean pair = Character.isHighSurrogate(c)
                        && i + 1 < value.length()
                        && Character.isLowSurrogate(value.charAt(i + 1));
                if (!pair) {
                    throw new InvalidRequestException(
                            "json",
                            "lone surrogate in a string: " + String.format(Locale.ROOT, "U+%04X", (int) c)
                                    + where(start - 1));
                }
                i++;
            }
        }
        return value;
    }

    private JsonNumber readNumber() {
        int start = position;
        if (peek() == '-') {
            position++;
        }
        if (peek() == '0') {
            position++;
        } else if (skipDigits() == 0) {
            throw unexpected(position == start ? "a value" : "a digit");
        }
        if (peek() == '.') {
            position++;
            requireDigits();
        }
        if (peek() == 'e' || peek() == 'E') {
            position++;
            if (peek() == '+' || peek() == '-') {
                position++;
            }
            requireDigits();
        }
        return new JsonNumber(text.substring(start, position));
    }

    private void requireDigits() {
        if (skipDigits() == 0) {
            throw unexpected("a digit");
        }
    }

    private int skipDigits() {
        int start = position;
        while (peek() >= '0' && peek() <= '9') {
            position++;
        }
        return position - start;
    }

    private void skipBlanks() {
        while (position < text.length()) {
            char c = text.charAt(position);
            if (c != ' ' && c != '\n' && c != '\r' && c != '\t') {
                return;
            }
            position++;
        }
    }

    /** Returns the next character, or NUL at the end: no rule of the grammar accepts a NUL. */
    private char peek() {
        return position < text.length() ? text.charAt(position) : '\0';
    }

    private InvalidRequestException unexpected(String expected) {
        if (position >= text.length()) {
            return new InvalidRequestException(
                    "json", "unexpected end of text (expected " + expected + ")" + where(text.length()));
        }
        String found = Quoted.text(Character.toString(text.codePointAt(position)));
        return new InvalidRequestException(
                "json", "unexpected character: " + found + " (expected " + expected + ")" + where(position));
    }

    private String where(int at) {
        int line = 1;
        int lineStart = 0;
        for (int i = 0; i < at; i++) {
            if (text.charAt(i) == '\n') {
                line++;
                lineStart = i + 1;
            }
        }
        return " [line " + line + " column " + (at - lineStart + 1) + "]";
    }
}
