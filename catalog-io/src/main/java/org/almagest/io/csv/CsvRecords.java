package org.almagest.io.csv;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.almagest.error.InvalidRequestException;
import org.almagest.error.LimitExceededException;
import org.almagest.io.SourceBytes;
import org.almagest.io.SourceRow;
import org.almagest.model.Limits;

/**
 * The records of a CSV file by RFC 4180: cells between commas; a cell in double quotes may hold commas, line breaks and
 * doubled quotes. Blank lines are skipped. One thread.
 */
final class CsvRecords {
    private static final int BUFFER_CHARACTERS = 1 << 16;
    private static final int END = -1;

    private final SourceBytes bytes;
    private final Reader reader;
    private final long cellLengthMax;
    private final char[] buffer = new char[BUFFER_CHARACTERS];
    private final StringBuilder cell = new StringBuilder(128);
    private int position;
    private int end;
    private long lineAhead = 1;
    private long line;

    CsvRecords(SourceBytes bytes, Limits limits) {
        this.bytes = bytes;
        this.cellLengthMax = limits.csvCellLengthMax();
        this.reader = new InputStreamReader(
                bytes.stream(),
                StandardCharsets.UTF_8
                        .newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT));
    }

    /** Returns the line on which the last record began, from 1. */
    long line() {
        return line;
    }

    /**
     * Puts the cells of the next record into {@code cells}; returns false where there is none.
     *
     * @throws InvalidRequestException if a quoted cell does not end as it should, or the bytes are not UTF-8
     * @throws LimitExceededException if a cell is longer than {@code csvCellLengthMax}
     */
    boolean next(List<String> cells) {
        do {
            cells.clear();
            line = lineAhead;
            if (peek() == END) {
                return false;
            }
            readRecord(cells);
        } while (cells.size() == 1 && cells.get(0).isBlank());
        return true;
    }

    private void readRecord(List<String> cells) {
        while (true) {
            cell.setLength(0);
            if (peek() == '"') {
                readQuoted(cells.size());
            } else {
                readPlain();
            }
            cells.add(cell.toString());
            int c = take();
            if (c == '\r' && peek() == '\n') {
                c = take();
            }
            if (c != ',') {
                return;
            }
        }
    }

    private void readPlain() {
        int c = peek();
        while (c != ',' && c != '\n' && c != END && !(c == '\r' && isLineEnd())) {
            append(take());
            c = peek();
        }
    }

    private void readQuoted(int column) {
        take();
        while (true) {
            int c = take();
            if (c == END) {
                throw refused(column, "quotes never closed");
            }
            if (c != '"') {
                append(c);
            } else if (peek() == '"') {
                append(take());
            } else {
                break;
            }
        }
        int after = peek();
        if (after != ',' && after != '\n' && after != '\r' && after != END) {
            skipLine();
            throw refused(column, "text after the closing quote (quotes within a cell are doubled)");
        }
    }

    private void skipLine() {
        int c = take();
        while (c != '\n' && c != END) {
            c = take();
        }
    }

    private InvalidRequestException refused(int column, String problem) {
        return new InvalidRequestException(place(column), problem);
    }

    private String place(int column) {
        return SourceRow.place(bytes.file(), line) + ": column " + (column + 1);
    }

    private void append(int c) {
        if (cell.length() >= cellLengthMax) {
            int length = cell.length() + 1;
            skipLine();
            throw new LimitExceededException(
                    SourceRow.place(bytes.file(), line) + ": cell: characters",
                    "csvCellLengthMax",
                    length,
                    cellLengthMax);
        }
        cell.append((char) c);
    }

    /** A carriage return ends a line alone or before a line feed; the next character may not be read yet. */
    private boolean isLineEnd() {
        if (position + 1 == end) {
            buffer[0] = buffer[position];
            position = 0;
            end = 1 + Math.max(0, fill(1));
        }
        return position + 1 >= end || buffer[position + 1] == '\n';
    }

    private int peek() {
        if (position == end) {
            position = 0;
            end = Math.max(0, fill(0));
            if (end == 0) {
                return END;
            }
        }
        return buffer[position];
    }

    private int take() {
        int c = peek();
        if (c != END) {
            position++;
            lineAhead += c == '\n' ? 1 : 0;
        }
        return c;
    }

    private int fill(int from) {
        try {
            return reader.read(buffer, from, buffer.length - from);
        } catch (CharacterCodingException e) {
            throw new InvalidRequestException(
                    SourceRow.place(bytes.file(), lineAhead), "invalid UTF-8 on or behind it", e);
        } catch (IOException e) {
            throw SourceBytes.unreadable(bytes.file(), e);
        }
    }

    /** Returns the first record. */
    List<String> header() {
        List<String> cells = new ArrayList<>();
        if (!next(cells)) {
            throw new InvalidRequestException("header", "none (expected the names of the columns)");
        }
        return cells;
    }
}
