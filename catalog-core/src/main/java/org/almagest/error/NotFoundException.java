package org.almagest.error;

/** Thrown when a dataset, collection, datapoint or key does not exist. */
public final class NotFoundException extends CatalogException {
    private static final long serialVersionUID = 1L;

    /** Creates it with a message of the shape that {@link CatalogException} describes. */
    public NotFoundException(String message) {
        super(ErrorCode.NOT_FOUND, message, null);
    }
}
