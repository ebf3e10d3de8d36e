package dev.larder.servlet;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;

/** Tells the {@link ResponseBuffer} before it writes to the container's stream. */
final class SessionOutputStream extends ServletOutputStream {

    private final ServletOutputStream stream;
    private final ResponseBuffer buffer;

    SessionOutputStream(ServletOutputStream stream, ResponseBuffer buffer) {
        this.stream = stream;
        this.buffer = buffer;
    }

    @Override
    public void write(int one) throws IOException {
        buffer.beforeWrite(1);
        stream.write(one);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        buffer.beforeWrite(length);
        stream.write(bytes, offset, length);
    }

    @Override
    public void flush() throws IOException {
        buffer.beforeFlush();
        stream.flush();
    }

    @Override
    public void close() throws IOException {
        buffer.beforeFlush();
        stream.close();
    }

    @Override
    public boolean isReady() {
        return stream.isReady();
    }

    @Override
    public void setWriteListener(WriteListener listener) {
        stream.setWriteListener(listener);
    }
}
