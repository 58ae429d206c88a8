package org.almagest.io;

import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.almagest.model.Limits;
import org.jspecify.annotations.Nullable;

/** How a file is read. Immutable. */
public final class SourceOptions {
    /** Detects the format, drops nothing, adds fields where the format calls for it, default limits. */
    public static final SourceOptions DEFAULT = new Builder().build();

    private final @Nullable SourceFormat format;
    private final NewFields newFields;
    private final Set<String> dropped;
    private final @Nullable String timeField;
    private final @Nullable Instant fixedTime;
    private final Limits limits;

    private SourceOptions(Builder builder) {
        this.format = builder.format;
        this.newFields = builder.newFields;
        this.dropped = Set.copyOf(builder.dropped);
        this.timeField = builder.timeField;
        this.fixedTime = builder.fixedTime;
        this.limits = builder.limits;
    }

    /** Begins options that are equal to {@link #DEFAULT}. */
    public static Builder builder() {
        return new Builder();
    }

    /** Returns these options with further properties or columns left out. */
    public SourceOptions dropping(Set<String> names) {
        Builder builder = new Builder();
        builder.format = format;
        builder.newFields = newFields;
        builder.dropped.addAll(dropped);
        builder.dropped.addAll(names);
        builder.timeField = timeField;
        builder.fixedTime = fixedTime;
        builder.limits = limits;
        return builder.build();
    }

    /** Returns the format; empty means that it is detected from name and content. */
    public Optional<SourceFormat> format() {
        return Optional.ofNullable(format);
    }

    /** Returns what happens to properties without a field. */
    public NewFields newFields() {
        return newFields;
    }

    /** Tells whether properties without a field become fields in a format whose custom is {@code byDefault}. */
    public boolean addsFields(NewFields byDefault) {
        return (newFields == NewFields.BY_FORMAT ? byDefault : newFields) == NewFields.ADD;
    }

    /** Returns the properties or columns that are left out, as the file names them. */
    public Set<String> dropped() {
        return dropped;
    }

    /** Returns the property or column that holds the time, where it is not the format's own. */
    public Optional<String> timeField() {
        return Optional.ofNullable(timeField);
    }

    /** Returns the time of rows that have none. */
    public Optional<Instant> fixedTime() {
        return Optional.ofNullable(fixedTime);
    }

    /** Returns the bounds on lines, cells, values and geometries. */
    public Limits limits() {
        return limits;
    }

    /** Collects options. */
    public static final class Builder {
        private @Nullable SourceFormat format;
        private NewFields newFields = NewFields.BY_FORMAT;
        private final Set<String> dropped = new LinkedHashSet<>();
        private @Nullable String timeField;
        private @Nullable Instant fixedTime;
        private Limits limits = Limits.defaults();

        private Builder() {}

        /** Sets the format; null detects it. */
        public Builder format(@Nullable SourceFormat value) {
            this.format = value;
            return this;
        }

        /** Sets what happens to properties without a field. */
        public Builder newFields(NewFields value) {
            this.newFields = value;
            return this;
        }

        /** Leaves out a property or column, named as in the file or as in the schema. */
        public Builder drop(String name) {
            dropped.add(name);
            return this;
        }

        /** Names the property or column that holds the time. */
        public Builder timeField(@Nullable String name) {
            this.timeField = name;
            return this;
        }

        /** Sets the time of rows that have none. */
        public Builder fixedTime(@Nullable Instant value) {
            this.fixedTime = value;
            return this;
        }

        /** Sets the bounds. */
        public Builder limits(Limits value) {
            this.limits = value;
            return this;
        }

        /** Returns the options. */
        public SourceOptions build() {
            return new SourceOptions(this);
        }
    }
}
