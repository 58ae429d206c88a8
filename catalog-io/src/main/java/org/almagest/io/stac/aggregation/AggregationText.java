package org.almagest.io.stac.aggregation;

import java.time.Instant;
import org.almagest.aggregate.Aggregate;
import org.almagest.aggregate.Bucket;
import org.almagest.io.JsonText;
import org.almagest.io.Rfc3339;
import org.almagest.io.stac.exchange.ByteSink;

/** Writes aggregations and their answers. */
final class AggregationText {
    private AggregationText() {}

    /** Appends what an aggregation is, without braces. */
    static void append(AggregationName wanted, ByteSink out) {
        out.ascii("\"name\":").json(wanted.name()).ascii(",\"data_type\":");
        if (wanted.form() == AggregationName.Form.BUCKETS) {
            out.ascii("\"frequency_distribution\",\"frequency_distribution_data_type\":");
        }
        out.json(wanted.dataType());
    }

    /** Appends an aggregation with its answer. */
    static void append(AggregationName wanted, Aggregate answer, ByteSink out) {
        out.put('{');
        append(wanted, out);
        if (answer instanceof Aggregate.Total total) {
            out.ascii(",\"value\":").number(total.count());
        } else if (answer instanceof Aggregate.Extremes extremes) {
            out.ascii(",\"value\":");
            boolean low = wanted.form() == AggregationName.Form.LOWEST;
            (low ? extremes.min() : extremes.max())
                    .ifPresentOrElse(value -> value(out, value), () -> out.ascii("null"));
        } else if (answer instanceof Aggregate.Buckets buckets) {
            out.ascii(",\"buckets\":[");
            String separator = "";
            for (Bucket bucket : buckets.buckets()) {
                out.ascii(separator).ascii("{\"key\":").json(bucket.key());
                out.ascii(",\"data_type\":").json(wanted.dataType());
                out.ascii(",\"frequency\":").number(bucket.count()).put('}');
                separator = ",";
            }
            out.ascii("],\"overflow\":0");
        }
        out.put('}');
    }

    private static void value(ByteSink out, Object value) {
        if (value instanceof Instant instant) {
            out.json(Rfc3339.format(instant));
        } else {
            StringBuilder text = new StringBuilder();
            JsonText.append(text, value);
            out.utf8(text);
        }
    }
}
