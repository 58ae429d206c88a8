package org.almagest.internal.row;

import org.almagest.error.InvalidRequestException;
import org.almagest.error.LimitExceededException;
import org.almagest.error.Quoted;
import org.jspecify.annotations.Nullable;

/**
 * Where in the input encoding is, so that an error can say it; moving on costs nothing.
 *
 * <p>Messages say what is wrong and what is expected, never the value: datapoints may be confidential, messages are
 * logged.
 */
final class InputPlace {
    private static final int NONE = -1;

    private int row = NONE;
    private @Nullable String field;
    private int element = NONE;

    /** Moves to a row as a whole. */
    void row(int index) {
        row = index;
        field = null;
        element = NONE;
    }

    /** Moves to a field as a whole. */
    void field(String name) {
        field = name;
        element = NONE;
    }

    /** Moves to an element of the field. */
    void element(int index) {
        element = index;
    }

    /** Moves from an element back to its field. */
    void wholeField() {
        element = NONE;
    }

    /** Moves from a field back to its row. */
    void wholeRow() {
        field = null;
        element = NONE;
    }

    boolean isElement() {
        return element != NONE;
    }

    InvalidRequestException refused(String problem) {
        return new InvalidRequestException(subject(), problem);
    }

    LimitExceededException exceeded(String what, String limitName, long actual, long limit) {
        String subject = subject();
        return new LimitExceededException(subject.isEmpty() ? what : subject + ": " + what, limitName, actual, limit);
    }

    String subject() {
        StringBuilder out = new StringBuilder();
        if (row != NONE) {
            out.append("row ").append(row);
        }
        if (field != null) {
            out.append(out.isEmpty() ? "" : ": ").append("field ").append(Quoted.text(field));
        }
        if (element != NONE) {
            out.append(": element ").append(element);
        }
        return out.toString();
    }
}
