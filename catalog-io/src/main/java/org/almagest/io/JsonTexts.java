package org.almagest.io;

/**
 * The JSON texts of a file, one after the other: its lines, or the features of a document. One thread.
 *
 * <p>After {@link #advance} returned true, the bytes of one text stand in {@link #buffer} from {@link #offset} on, until
 * the next call.
 */
public interface JsonTexts {
    /**
     * Goes to the next text.
     *
     * @return false where there is none
     * @throws org.almagest.error.InvalidRequestException if the file is no such sequence of texts; names the line
     * @throws org.almagest.error.LimitExceededException if a text is too long; the next call goes on behind it, if that
     *     can be found
     */
    boolean advance();

    /** Returns the bytes around the text; valid until the next {@link #advance}. */
    byte[] buffer();

    /** Returns where in the buffer the text begins. */
    int offset();

    /** Returns how many bytes the text has. */
    int length();

    /** Returns the line that the text begins on, from 1. */
    long line();
}
