package org.almagest.io.parquet;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.almagest.model.Datapoint;
import org.almagest.schema.DatasetSchema;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;
import org.jspecify.annotations.Nullable;

/** Hands the columns of datapoints to Parquet, and says at the end what was in them. One thread. */
final class RowSupport extends WriteSupport<Datapoint> {
    private final RowLayout layout;
    private final List<String> names = new ArrayList<>();
    private final Map<String, String> metadata;
    private final GeometrySummary geometries = new GeometrySummary();
    private final Remainder remainder = new Remainder();
    private @Nullable RecordConsumer consumer;

    RowSupport(RowLayout layout, Map<String, String> metadata) {
        this.layout = layout;
        this.metadata = metadata;
    }

    @Override
    @SuppressWarnings("deprecation") // abstract, so it must be there; the other one is called
    public WriteContext init(Configuration configuration) {
        return begin();
    }

    @Override
    public WriteContext init(ParquetConfiguration configuration) {
        return begin();
    }

    private WriteContext begin() {
        List<Type> types = new ArrayList<>();
        for (RowColumn column : layout.columns()) {
            types.add(column.type());
            names.add(column.type().getName());
        }
        return new WriteContext(new MessageType("almagest", types), Map.of());
    }

    @Override
    public void prepareForWrite(RecordConsumer recordConsumer) {
        this.consumer = recordConsumer;
    }

    @Override
    public void write(Datapoint row) {
        RecordConsumer out = Objects.requireNonNull(consumer, "prepareForWrite comes first");
        remainder.clear();
        layout.beginning().accept(row, remainder);
        row.geometry().filter(geometry -> !geometry.isEmpty()).ifPresent(geometries::add);
        out.startMessage();
        for (int i = 0; i < names.size(); i++) {
            RowColumn column = layout.columns().get(i);
            Object encoded = column.encode(row, remainder);
            if (encoded != null) {
                out.startField(names.get(i), i);
                column.write(out, encoded);
                out.endField(names.get(i), i);
            }
        }
        out.endMessage();
    }

    @Override
    public FinalizedWriteContext finalizeWrite() {
        metadata.put(FileFacts.MAPPING, layout.mapping());
        layout.box().ifPresent(box -> {
            metadata.put(FileFacts.BOX, box.name());
            Optional<String> covering = box.wraps() ? Optional.empty() : Optional.of(box.name());
            Map<String, GeometrySummary> columns = new LinkedHashMap<>();
            columns.put(DatasetSchema.GEOMETRY, geometries);
            metadata.put(GeoKey.KEY, GeoKey.text(columns, covering));
        });
        return new FinalizedWriteContext(metadata);
    }
}
