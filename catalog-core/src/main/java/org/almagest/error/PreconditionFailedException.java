package org.almagest.error;

/** Thrown when a stated precondition, such as an expected id, does not hold. */
public final class PreconditionFailedException extends ConflictException {
    private static final long serialVersionUID = 1L;

    /** Creates it with a message of the shape that {@link CatalogException} describes. */
    public PreconditionFailedException(String message) {
        super(ErrorCode.PRECONDITION_FAILED, message, null);
    }
}
