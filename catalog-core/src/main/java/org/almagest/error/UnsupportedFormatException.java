package org.almagest.error;

/** Thrown when a file is of a format version that this build does not read; the file is untouched. */
public final class UnsupportedFormatException extends CatalogException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates it; the message reads {@code subject: format found (this build reads range) [where]}.
     *
     * @param subject the kind of file: {@code segment}
     * @param found the version found: {@code 0.3}
     * @param readable the versions this build reads: {@code 0.5} or {@code 1.0 to 2.4}
     * @param where the file, relative to the store, with its offset where that helps
     */
    public UnsupportedFormatException(String subject, String found, String readable, String where) {
        super(
                ErrorCode.UNSUPPORTED_FORMAT,
                subject + ": format " + found + " (this build reads " + readable + ") [" + where + "]",
                null);
    }
}
