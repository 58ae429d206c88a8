package org.almagest.bench.peer;

import java.util.Arrays;
import java.util.Collection;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.CollectorManager;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.SimpleCollector;

/** Collects the numbers of all documents that match, ascending. */
final class DocumentNumbers implements CollectorManager<DocumentNumbers.Numbers, int[]> {
    @Override
    public Numbers newCollector() {
        return new Numbers();
    }

    @Override
    public int[] reduce(Collection<Numbers> collectors) {
        int[] all = {};
        for (Numbers numbers : collectors) {
            int[] joined = Arrays.copyOf(all, all.length + numbers.count);
            System.arraycopy(numbers.found, 0, joined, all.length, numbers.count);
            all = joined;
        }
        return all;
    }

    static final class Numbers extends SimpleCollector {
        private int[] found = new int[64];
        private int count;
        private int base;

        @Override
        protected void doSetNextReader(LeafReaderContext context) {
            base = context.docBase;
        }

        @Override
        public void collect(int document) {
            if (count == found.length) {
                found = Arrays.copyOf(found, 2 * count);
            }
            found[count++] = base + document;
        }

        @Override
        public ScoreMode scoreMode() {
            return ScoreMode.COMPLETE_NO_SCORES;
        }
    }
}
