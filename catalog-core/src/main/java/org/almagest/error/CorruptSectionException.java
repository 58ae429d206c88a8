package org.almagest.error;

/**
 * Thrown by low-level readers when bytes do not hold what they must.
 *
 * <p>Checked, so that forgetting to turn it into a {@link CorruptStoreException} does not compile.
 */
public final class CorruptSectionException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String rule;
    private final String resource;
    private final long offset;

    /** Creates it for a whole section; {@code resource} names file and section. */
    public CorruptSectionException(String rule, String resource) {
        this(rule, resource, 0);
    }

    /** Creates it for the bytes at {@code offset} of {@code resource}. */
    public CorruptSectionException(String rule, String resource, long offset) {
        super(rule + " [" + resource + " @ " + offset + "]");
        this.rule = rule;
        this.resource = resource;
        this.offset = offset;
    }

    /** Returns subject, problem and expectation. */
    public String rule() {
        return rule;
    }

    /** Returns file and section, as the opener named them. */
    public String resource() {
        return resource;
    }

    /** Returns the first byte in question, from the start of the resource. */
    public long offset() {
        return offset;
    }

    /** Returns the exception for callers of the public API. */
    public CorruptStoreException toCorruptStore() {
        return new CorruptStoreException(rule, resource, offset, this);
    }
}
