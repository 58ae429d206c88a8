package org.almagest.error;

/** Thrown when the caller cancelled the work. */
public final class CancelledException extends CatalogException {
    private static final long serialVersionUID = 1L;

    /** Creates it with a message of the shape that {@link CatalogException} describes. */
    public CancelledException(String message) {
        super(ErrorCode.CANCELLED, message, null);
    }
}
