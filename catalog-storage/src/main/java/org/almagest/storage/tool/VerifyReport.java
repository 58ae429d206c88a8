package org.almagest.storage.tool;

import java.util.List;
import org.almagest.storage.segment.Finding;

/**
 * What a verification read, and what it found wrong.
 *
 * @param manifestVersion the manifest that was verified
 * @param segmentCount how many segments it names
 * @param rowCount how many rows they hold, and the logs beside them
 * @param byteCount how many bytes of data files were read
 * @param frameCount how many frames of the logs no segment contains yet
 * @param findings what does not hold, by file
 * @param notes what is unusual and harms nothing, such as files left behind by a crash
 */
public record VerifyReport(
        long manifestVersion,
        long segmentCount,
        long rowCount,
        long byteCount,
        long frameCount,
        List<Finding> findings,
        List<String> notes) {
    /** Copies the lists. */
    public VerifyReport {
        findings = List.copyOf(findings);
        notes = List.copyOf(notes);
    }

    /** Takes one finding: file, offset of the first byte in question, and what does not hold. */
    public interface Visitor {
        /** Takes one. */
        void finding(String file, long offset, String rule);
    }

    /** Hands over each finding, for callers that know nothing of segments. */
    public void forEachFinding(Visitor visitor) {
        findings.forEach(finding -> visitor.finding(finding.file(), finding.offset(), finding.rule()));
    }

    /** Tells whether everything holds. */
    public boolean isClean() {
        return findings.isEmpty();
    }
}
