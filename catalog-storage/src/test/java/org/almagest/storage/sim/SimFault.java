package org.almagest.storage.sim;

/** How a call fails. A fault that a call cannot have, such as a full disk on a read, leaves that call alone. */
public enum SimFault {
    /** Input/output error; nothing happens. Any call. */
    EIO,
    /** No space left on device; nothing happens. Calls that take space. */
    NO_SPACE,
    /** Half of the bytes land, then an input/output error. Appends. */
    SHORT_THEN_EIO,
    /** Half of the bytes land, then no space is left. Appends. */
    SHORT_THEN_NO_SPACE,
    /** The force fails, what was pending will never be durable, and reads go on showing it. Forces. */
    FORCE_DROPS;

    boolean concerns(SimCall call) {
        return switch (this) {
            case EIO -> true;
            case NO_SPACE -> call.needsSpace();
            case SHORT_THEN_EIO, SHORT_THEN_NO_SPACE -> call == SimCall.APPEND;
            case FORCE_DROPS -> call.forces();
        };
    }

    boolean isNoSpace() {
        return this == NO_SPACE || this == SHORT_THEN_NO_SPACE;
    }
}
