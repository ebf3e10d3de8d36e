package dev.larder.servlet;

import java.io.PrintWriter;
import java.io.Writer;

/** Tells the {@link ResponseBuffer} before it writes to the container's writer. */
final class SessionWriter extends PrintWriter {

    private final PrintWriter writer;

    private SessionWriter(PrintWriter writer, Writer watched) {
        super(watched);
        this.writer = writer;
    }

    static PrintWriter of(PrintWriter writer, EncodedLength length, ResponseBuffer buffer) {
        return new SessionWriter(writer, new Watched(writer, length, buffer));
    }

    @Override
    public boolean checkError() {
        boolean failed = super.checkError(); // first, as it flushes into the other one
        return writer.checkError() || failed;
    }

    /** All that a PrintWriter does comes down to these. */
    private static final class Watched extends Writer {

        private final PrintWriter writer;
        private final EncodedLength length;
        private final ResponseBuffer buffer;

        Watched(PrintWriter writer, EncodedLength length, ResponseBuffer buffer) {
            this.writer = writer;
            this.length = length;
            this.buffer = buffer;
        }

        @Override
        public void write(int one) {
            buffer.beforeWrite(length.of((char) one));
            writer.write(one);
        }

        @Override
        public void write(String text, int offset, int count) {
            buffer.beforeWrite(length.of(text, offset, count));
            writer.write(text, offset, count);
        }

        @Override
        public void write(char[] text, int offset, int count) {
            buffer.beforeWrite(length.of(new String(text, offset, count), 0, count));
            writer.write(text, offset, count);
        }

        @Override
        public void flush() {
            buffer.beforeFlush();
            writer.flush();
        }

        @Override
        public void close() {
            buffer.beforeFlush();
            writer.close();
        }
    }
}
