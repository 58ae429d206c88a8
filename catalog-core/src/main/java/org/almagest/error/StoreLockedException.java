package org.almagest.error;

/** Thrown when another writer holds the store. */
public final class StoreLockedException extends CatalogException {
    private static final long serialVersionUID = 1L;

    private final String owner;

    /**
     * Creates it.
     *
     * @param store the folder of the store
     * @param owner who holds it: process id, host and since when, or {@code unknown}
     */
    public StoreLockedException(String store, String owner) {
        super(ErrorCode.STORE_LOCKED, "store: locked by another writer: " + owner + " [" + store + "]", null);
        this.owner = owner;
    }

    /** Returns who holds the store, for a person to read. */
    public String owner() {
        return owner;
    }
}
