package org.almagest.schema;

/** Whether the datapoints of a dataset have a place. */
public enum DatasetKind {
    /** Each datapoint has a time. */
    TEMPORAL(4),
    /** Each datapoint has a time and, unless the dataset says otherwise, a geometry. */
    SPATIOTEMPORAL(5);

    private final int firstCustomFieldNumber;

    DatasetKind(int firstCustomFieldNumber) {
        this.firstCustomFieldNumber = firstCustomFieldNumber;
    }

    /** Returns the number of the first custom field; lower numbers are the fixed fields. */
    public int firstCustomFieldNumber() {
        return firstCustomFieldNumber;
    }
}
