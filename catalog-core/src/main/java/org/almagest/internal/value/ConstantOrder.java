package org.almagest.internal.value;

/** How values lie to a constant that does not change. */
@FunctionalInterface
public interface ConstantOrder {
    /** Compares a value with the constant: -1, 0, 1 or {@link ValueFamily#UNORDERED}; allocates nothing. */
    int compare(Object value);
}
