package dev.larder.examples;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads comma-separated values as RFC 4180 has them: a field in quotes may hold commas, line breaks, and quotes that are
 * doubled.
 *
 * <pre>
 * 332,"Magdeburg ""City"" Airport",Magdeburg,Germany
 * 641,"Harstad/Narvik Airport, Evenes",Harstad/Narvik,Norway
 * </pre>
 */
final class CsvReader {

    private static final int END = -1;

    private final Reader in;
    private final StringBuilder field = new StringBuilder();

    CsvReader(Reader in) {
        this.in = new BufferedReader(in);
    }

    /** Returns the fields of each line that is not empty. */
    List<List<String>> readAll() throws IOException {
        List<List<String>> lines = new ArrayList<>();
        List<String> line = new ArrayList<>();
        int delimiter;
        do {
            delimiter = readField();
            line.add(field.toString());
            if (delimiter != ',') {
                if (!line.equals(List.of(""))) {
                    lines.add(List.copyOf(line));
                }
                line.clear();
            }
        } while (delimiter != END);
        return lines;
    }

    /** Reads a field, and returns what ended it: a comma, a line break or the end of the file. */
    private int readField() throws IOException {
        field.setLength(0);
        int next = in.read();
        while (next != ',' && next != '\n' && next != END) {
            if (next == '"') {
                next = readQuoted();
            } else {
                if (next != '\r') {
                    field.append((char) next);
                }
                next = in.read();
            }
        }
        return next;
    }

    /** Reads what is in quotes, and returns what comes after them. */
    private int readQuoted() throws IOException {
        while (true) {
            int next = in.read();
            if (next == END) {
                throw new IOException("a quote was opened and not closed: " + field);
            }
            if (next == '"') {
                next = in.read();
                if (next != '"') {
                    return next;
                }
            }
            field.append((char) next);
        }
    }
}
