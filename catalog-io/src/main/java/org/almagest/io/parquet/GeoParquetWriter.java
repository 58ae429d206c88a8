package org.almagest.io.parquet;

import java.io.IOException;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import org.almagest.io.RowWriter;
import org.almagest.io.parquet.file.ParquetCodecs;
import org.almagest.io.parquet.file.StreamOutput;
import org.almagest.model.Datapoint;
import org.almagest.schema.Field;
import org.almagest.schema.TypeKind;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.Type;

/** Writes datapoints as GeoParquet; memory holds one row group. */
final class GeoParquetWriter implements RowWriter {
    /** Bytes of a row group before it is compressed, and rows of it, whichever comes first. */
    static final long ROW_GROUP_BYTES = 64L << 20;

    static final int ROW_GROUP_ROWS = 128 << 10;

    private static final int CHECK_ROWS_MAX = 1_000;

    private final OutputStream out;
    private final ParquetWriter<Datapoint> writer;
    private boolean closed;

    GeoParquetWriter(OutputStream out, Map<String, Field> fields, Map<String, String> metadata) throws IOException {
        this(out, RowLayout.of(fields), metadata, ROW_GROUP_BYTES);
    }

    /** As the other one, with these columns and row groups of this size in memory. */
    GeoParquetWriter(OutputStream out, RowLayout layout, Map<String, String> metadata, long rowGroupBytes)
            throws IOException {
        this.out = out;
        RowSupport support = new RowSupport(layout, new LinkedHashMap<>(metadata));
        Builder builder = new Builder(new StreamOutput(out), support)
                .withConf(new PlainParquetConfiguration())
                .withCodecFactory(new ParquetCodecs())
                .withCompressionCodec(CompressionCodecName.ZSTD)
                .withRowGroupSize(rowGroupBytes)
                .withRowGroupRowCountLimit(ROW_GROUP_ROWS)
                .withMaxRowCountForPageSizeCheck(CHECK_ROWS_MAX);
        for (RowColumn column : layout.columns()) {
            if (isSeldomRepeated(column.type())) {
                builder.withDictionaryEncoding(column.type().getName(), false);
            }
        }
        this.writer = builder.build();
    }

    /** A dictionary of footprints or documents is work and memory for nothing. */
    private static boolean isSeldomRepeated(Type type) {
        return type.getLogicalTypeAnnotation() instanceof LogicalTypeAnnotation.GeometryLogicalTypeAnnotation
                || type.getLogicalTypeAnnotation() instanceof LogicalTypeAnnotation.JsonLogicalTypeAnnotation
                || type.isPrimitive()
                        && type.asPrimitiveType()
                                .equals(ValueEncoding.type(TypeKind.STRING, Type.Repetition.OPTIONAL, "id"));
    }

    @Override
    public void write(Datapoint datapoint) throws IOException {
        writer.write(datapoint);
    }

    @Override
    public void flush() throws IOException {
        out.flush();
    }

    @Override
    public void close() throws IOException {
        if (!closed) {
            closed = true;
            writer.close();
            out.close();
        }
    }

    private static final class Builder extends ParquetWriter.Builder<Datapoint, Builder> {
        private final RowSupport support;

        private Builder(OutputFile file, RowSupport support) {
            super(file);
            this.support = support;
        }

        @Override
        protected Builder self() {
            return this;
        }

        @Override
        @SuppressWarnings("deprecation") // abstract, so it must be there; the other one is called
        protected WriteSupport<Datapoint> getWriteSupport(Configuration configuration) {
            return support;
        }

        @Override
        protected WriteSupport<Datapoint> getWriteSupport(ParquetConfiguration configuration) {
            return support;
        }
    }
}
