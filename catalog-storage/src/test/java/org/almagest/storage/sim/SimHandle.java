package org.almagest.storage.sim;

/** Something that a process holds open. */
abstract class SimHandle {
    final SimStorage storage;
    private final String what;
    private final String name;

    SimHandle(SimStorage storage, String what, String name) {
        this.storage = storage;
        this.what = what;
        this.name = name;
    }

    public final String name() {
        return name;
    }

    /** What becomes of it when the process dies. */
    void died() {}

    @Override
    public final String toString() {
        return what + " " + name;
    }
}
