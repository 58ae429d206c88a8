package org.almagest.error;

/** Thrown when the deadline passed before the answer was complete. */
public final class DeadlineExceededException extends CatalogException {
    private static final long serialVersionUID = 1L;

    /** Creates it with a message of the shape that {@link CatalogException} describes. */
    public DeadlineExceededException(String message) {
        super(ErrorCode.DEADLINE_EXCEEDED, message, null);
    }
}
