package org.almagest.io.csv;

import java.util.ArrayList;
import java.util.List;
import org.almagest.error.InvalidRequestException;
import org.almagest.error.Quoted;

/** A list in one cell: {@code [280.12, 273.15]}, {@code ["a, b", 'c']}. */
final class CellList {
    /**
     * One element.
     *
     * @param text without its quotes
     * @param quoted whether it had some
     */
    record Element(String text, boolean quoted) {}

    private final String text;
    private int position;

    private CellList(String text) {
        this.text = text;
    }

    static boolean looksLike(String cell) {
        return cell.startsWith("[") && cell.endsWith("]");
    }

    /**
     * Returns the elements, in order.
     *
     * @throws InvalidRequestException if the cell is not one list in brackets
     */
    static List<Element> parse(String subject, String cell) {
        CellList list = new CellList(cell.strip());
        if (!looksLike(list.text) || list.text.length() < 2) {
            throw list.refused(subject);
        }
        List<Element> elements = new ArrayList<>();
        list.position = 1;
        list.skipBlanks();
        while (list.position < list.text.length() - 1) {
            elements.add(list.element(subject));
            list.skipBlanks();
            boolean last = list.position == list.text.length() - 1;
            if (!last && list.text.charAt(list.position++) != ',') {
                throw list.refused(subject);
            }
            list.skipBlanks();
            if (!last && list.position == list.text.length() - 1) {
                throw list.refused(subject);
            }
        }
        return elements;
    }

    private Element element(String subject) {
        char first = text.charAt(position);
        if (first == '"' || first == '\'') {
            return new Element(quoted(subject, first), true);
        }
        int start = position;
        while (position < text.length() - 1 && text.charAt(position) != ',') {
            position++;
        }
        String element = text.substring(start, position).strip();
        if (element.isEmpty() || element.indexOf('[') >= 0) {
            throw refused(subject);
        }
        return new Element(element, false);
    }

    private String quoted(String subject, char quote) {
        StringBuilder out = new StringBuilder();
        position++;
        while (position < text.length() - 1) {
            char c = text.charAt(position++);
            if (c == quote) {
                return out.toString();
            }
            out.append(c == '\\' ? escape(subject) : c);
        }
        throw refused(subject);
    }

    private char escape(String subject) {
        char c = text.charAt(position++);
        return switch (c) {
            case 'n' -> '\n';
            case 't' -> '\t';
            case 'r' -> '\r';
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'u' -> codeUnit(subject);
            default -> c;
        };
    }

    private char codeUnit(String subject) {
        if (position + 4 > text.length()) {
            throw refused(subject);
        }
        position += 4;
        try {
            return (char) Integer.parseInt(text.substring(position - 4, position), 16);
        } catch (NumberFormatException e) {
            throw refused(subject);
        }
    }

    private void skipBlanks() {
        while (position < text.length() && Character.isWhitespace(text.charAt(position))) {
            position++;
        }
    }

    private InvalidRequestException refused(String subject) {
        return new InvalidRequestException(
                subject, "text " + Quoted.text(text) + " (expected a list in brackets, such as [1, 2])");
    }
}
