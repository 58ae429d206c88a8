package org.almagest.io.stac.exchange;

/** Whether a change must say which version it changes. */
public enum Preconditions {
    /** If-Match is honoured where it is sent. */
    OPTIONAL,
    /** Changes without If-Match are refused with 428. */
    REQUIRED
}
