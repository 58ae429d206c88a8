package org.almagest.error;

import org.jspecify.annotations.Nullable;

/** Thrown when bytes on disk do not hold what they must; never answered around. */
public final class CorruptStoreException extends CatalogException {
    private static final long serialVersionUID = 1L;

    private final String file;
    private final long offset;

    /**
     * Creates it; the message reads {@code rule [file @ offset]}.
     *
     * @param rule subject, problem and expectation
     * @param file the file, relative to the store
     * @param offset the first byte in question, from the start of the file
     */
    public CorruptStoreException(String rule, String file, long offset) {
        this(rule, file, offset, null);
    }

    /** Creates it with the failure that caused it, or null. */
    public CorruptStoreException(String rule, String file, long offset, @Nullable Throwable cause) {
        super(ErrorCode.CORRUPT_STORE, rule + " [" + file + " @ " + offset + "]", cause);
        this.file = file;
        this.offset = offset;
    }

    /** Returns the file, relative to the store. */
    public String file() {
        return file;
    }

    /** Returns the first byte in question, from the start of the file. */
    public long offset() {
        return offset;
    }
}
