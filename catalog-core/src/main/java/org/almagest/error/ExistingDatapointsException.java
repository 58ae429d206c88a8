package org.almagest.error;

/** Thrown when datapoints with the same id exist and the caller refuses them. */
public final class ExistingDatapointsException extends ConflictException {
    private static final long serialVersionUID = 1L;

    /** Creates it with a message of the shape that {@link CatalogException} describes. */
    public ExistingDatapointsException(String message) {
        super(ErrorCode.EXISTING_DATAPOINTS, message, null);
    }
}
