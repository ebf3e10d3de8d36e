package dev.larder.servlet;

import jakarta.servlet.ServletResponse;

/**
 * Watches how full the container's buffer becomes, and stores the session before what is written commits the response. It is rather
 * early than late: what is changed afterwards is stored again at the end.
 */
final class ResponseBuffer {

    /** Containers pass on at once what is a large part of the buffer: in Jetty it is a quarter. */
    private static final int LARGE_PART = 4;

    private final ServletResponse response;
    private final Runnable beforeCommit;
    private long written;
    private long contentLength = -1;

    ResponseBuffer(ServletResponse response, Runnable beforeCommit) {
        this.response = response;
        this.beforeCommit = beforeCommit;
    }

    /** To be called before so many bytes are written. */
    void beforeWrite(long bytes) {
        written += bytes;
        if (isComplete() || overflows(bytes)) {
            beforeFlush();
        }
    }

    private boolean isComplete() {
        return contentLength >= 0 && written >= contentLength;
    }

    private boolean overflows(long bytes) {
        int size = response.getBufferSize();
        return written >= size || bytes >= size / LARGE_PART;
    }

    /** To be called before what is in the buffer is sent. */
    void beforeFlush() {
        if (!response.isCommitted()) {
            beforeCommit.run();
        }
    }

    /** What was written so far is thrown away. */
    void clear() {
        written = 0;
    }

    /** Says how long the response will be, -1 for unknown. */
    void contentLength(long length) {
        contentLength = length;
        if (written > 0 && isComplete()) {
            beforeFlush();
        }
    }
}
