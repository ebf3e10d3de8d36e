package dev.larder.testkit.fault;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Finds the commands in what one client of Redis sends, in pieces of any size: arrays of bulk strings, such as
 *
 * <pre>
 * *2 \r\n $3 \r\n GET \r\n $1 \r\n k \r\n
 * </pre>
 *
 * <p>What is not of that form, as with TLS, ends the search for good.
 */
final class RequestReader {

    private static final int LONGEST_LINE = 32;
    private static final Pattern HEADER = Pattern.compile("[*$][0-9]{1,9}");
    private static final int LONGEST_NAME = 64;
    private static final int LINE_END = 2;

    private final RequestCounts counts;
    private final StringBuilder line = new StringBuilder();
    private final StringBuilder name = new StringBuilder();
    private int wordsLeft;
    private long bytesLeftOfWord;
    private boolean isFirstWord;
    private boolean isLost;

    RequestReader(RequestCounts counts) {
        this.counts = counts;
    }

    /** Takes the next piece, and counts the commands that it completes. */
    void read(ByteBuffer piece) {
        while (piece.hasRemaining() && !isLost) {
            if (bytesLeftOfWord > 0) {
                readWord(piece);
            } else {
                readLine((char) piece.get());
            }
        }
    }

    private void readLine(char next) {
        if (next == '\n') {
            endLine(line.toString().strip());
            line.setLength(0);
        } else if (line.length() < LONGEST_LINE) {
            line.append(next);
        } else {
            isLost = true;
        }
    }

    private void endLine(String header) {
        char expected = wordsLeft == 0 ? '*' : '$';
        if (!HEADER.matcher(header).matches() || header.charAt(0) != expected) {
            isLost = true;
            return;
        }
        int number = Integer.parseInt(header.substring(1));
        if (wordsLeft == 0) {
            wordsLeft = number;
            isFirstWord = true;
        } else {
            bytesLeftOfWord = (long) number + LINE_END;
        }
    }

    private void readWord(ByteBuffer piece) {
        byte[] part = new byte[(int) Math.min(bytesLeftOfWord, piece.remaining())];
        piece.get(part);
        if (isFirstWord && name.length() < LONGEST_NAME) {
            name.append(new String(part, StandardCharsets.ISO_8859_1));
        }
        bytesLeftOfWord -= part.length;
        if (bytesLeftOfWord == 0) {
            endWord();
        }
    }

    private void endWord() {
        isFirstWord = false;
        wordsLeft--;
        if (wordsLeft == 0) {
            counts.add(name.toString().strip().toUpperCase(Locale.ROOT));
            name.setLength(0);
        }
    }
}
