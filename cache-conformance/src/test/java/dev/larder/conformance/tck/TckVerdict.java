package dev.larder.conformance.tck;

import java.util.ArrayList;
import java.util.List;

/** Judges a run of the TCK: all tests there, all passed, and none left out but the one that is there to be left out. */
final class TckVerdict {
    static final String DUMMY = "org.jsr107.tck.CachingTest#dummyTest";

    private TckVerdict() {}

    /** Tells what is wrong with the run; empty if nothing is. */
    static List<String> complaints(TckReports reports, int expected) {
        var complaints = new ArrayList<String>();
        if (reports.passed().size() < expected) {
            complaints.add("only " + reports.passed().size() + " of " + expected + " tests of the TCK ran and passed");
        }
        if (!reports.broken().isEmpty()) {
            complaints.add("failed or skipped: " + reports.broken());
        }
        if (!reports.excluded().equals(List.of(DUMMY))) {
            complaints.add("excluded should be just " + DUMMY + " but are " + reports.excluded());
        }
        return complaints;
    }
}
