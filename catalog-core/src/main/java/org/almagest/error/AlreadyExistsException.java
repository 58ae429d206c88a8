package org.almagest.error;

/** Thrown when a dataset or collection of that name exists. */
public final class AlreadyExistsException extends CatalogException {
    private static final long serialVersionUID = 1L;

    /** Creates it with a message of the shape that {@link CatalogException} describes. */
    public AlreadyExistsException(String message) {
        super(ErrorCode.ALREADY_EXISTS, message, null);
    }
}
