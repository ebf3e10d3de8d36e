package dev.larder.conformance.tck;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.SAXException;

/**
 * What Surefire's XML reports say about a run of the TCK.
 *
 * @param passed names of tests that ran and passed
 * @param broken names of tests that failed, ended in an error, or were skipped
 * @param excluded names of tests that were green because the TCK's own rules left them out
 */
record TckReports(List<String> passed, List<String> broken, List<String> excluded) {
    /** The TCK excludes a test by doing nothing in its place; this line in the output is the only trace. */
    private static final Pattern EXCLUDED = Pattern.compile("===== EXCLUDING TEST '([^']+)'\\s+'([^']+)'");

    /** Reads every report of the directory. */
    static TckReports read(Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            var reports = new TckReports(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
            for (Path file : files.sorted().toList()) {
                String name = file.getFileName().toString();
                if (name.startsWith("TEST-") && name.endsWith(".xml")) {
                    reports.addCases(file);
                } else if (name.endsWith("-output.txt")) {
                    reports.addExcluded(file);
                }
            }
            return reports;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the TCK's reports in " + directory, e);
        }
    }

    private void addCases(Path file) throws IOException {
        var cases = parse(file).getElementsByTagName("testcase");
        for (int i = 0; i < cases.getLength(); i++) {
            var test = (Element) cases.item(i);
            boolean isBroken = has(test, "failure") || has(test, "error") || has(test, "skipped");
            (isBroken ? broken : passed).add(test.getAttribute("classname") + "#" + test.getAttribute("name"));
        }
    }

    private void addExcluded(Path file) throws IOException {
        EXCLUDED.matcher(Files.readString(file)).results().map(TckReports::name).forEach(excluded::add);
    }

    private static String name(MatchResult line) {
        return line.group(1) + "#" + line.group(2);
    }

    private static boolean has(Element test, String child) {
        return test.getElementsByTagName(child).getLength() > 0;
    }

    private static Document parse(Path file) throws IOException {
        try {
            var factory = DocumentBuilderFactory.newInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            return factory.newDocumentBuilder().parse(file.toFile());
        } catch (ParserConfigurationException | SAXException e) {
            throw new IOException("not a report of Surefire: " + file, e);
        }
    }
}
