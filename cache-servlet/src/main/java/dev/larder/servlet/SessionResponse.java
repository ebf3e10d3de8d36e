package dev.larder.servlet;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A response before whose commit the session is stored, so that the client's next request finds it, whichever instance it goes to. */
final class SessionResponse extends HttpServletResponseWrapper {

    private static final String CONTENT_LENGTH = "content-length";

    private final RequestSession session;
    private final ResponseBuffer buffer;
    private @Nullable ServletOutputStream stream;
    private @Nullable PrintWriter writer;

    SessionResponse(HttpServletResponse response, RequestSession session) {
        super(response);
        this.session = session;
        this.buffer = new ResponseBuffer(this, session::beforeCommit);
    }

    @Override
    public ServletOutputStream getOutputStream() throws IOException {
        if (stream == null) {
            stream = new SessionOutputStream(super.getOutputStream(), buffer);
        }
        return stream;
    }

    @Override
    public PrintWriter getWriter() throws IOException {
        if (writer == null) {
            PrintWriter ofContainer = super.getWriter();
            writer = SessionWriter.of(ofContainer, EncodedLength.in(getCharacterEncoding()), buffer);
        }
        return writer;
    }

    @Override
    public void flushBuffer() throws IOException {
        session.beforeCommit();
        super.flushBuffer();
    }

    @Override
    public void sendError(int status) throws IOException {
        session.beforeCommit();
        super.sendError(status);
    }

    @Override
    public void sendError(int status, String message) throws IOException {
        session.beforeCommit();
        super.sendError(status, message);
    }

    @Override
    public void sendRedirect(String location) throws IOException {
        session.beforeCommit();
        super.sendRedirect(location);
    }

    // The next three are of Servlet 6.1: where the container has 6.0, nobody calls them.

    @Override
    public void sendRedirect(String location, boolean clearBuffer) throws IOException {
        session.beforeCommit();
        super.sendRedirect(location, clearBuffer);
    }

    @Override
    public void sendRedirect(String location, int status) throws IOException {
        session.beforeCommit();
        super.sendRedirect(location, status);
    }

    @Override
    public void sendRedirect(String location, int status, boolean clearBuffer) throws IOException {
        session.beforeCommit();
        super.sendRedirect(location, status, clearBuffer);
    }

    @Override
    public void reset() {
        super.reset();
        stream = null;
        writer = null;
        buffer.clear();
        buffer.contentLength(-1);
        session.responseWasReset();
    }

    @Override
    public void resetBuffer() {
        super.resetBuffer();
        buffer.clear();
    }

    @Override
    public void setContentLength(int length) {
        buffer.contentLength(length);
        super.setContentLength(length);
    }

    @Override
    public void setContentLengthLong(long length) {
        buffer.contentLength(length);
        super.setContentLengthLong(length);
    }

    @Override
    public void setHeader(String name, @Nullable String value) {
        noteLength(name, value);
        super.setHeader(name, value);
    }

    @Override
    public void addHeader(String name, String value) {
        noteLength(name, value);
        super.addHeader(name, value);
    }

    @Override
    public void setIntHeader(String name, int value) {
        noteLength(name, Integer.toString(value));
        super.setIntHeader(name, value);
    }

    @Override
    public void addIntHeader(String name, int value) {
        noteLength(name, Integer.toString(value));
        super.addIntHeader(name, value);
    }

    private void noteLength(String name, @Nullable String value) {
        if (name.toLowerCase(Locale.ROOT).equals(CONTENT_LENGTH) && value != null) {
            try {
                buffer.contentLength(Long.parseLong(value.strip()));
            } catch (NumberFormatException e) {
                buffer.contentLength(-1); // The container will say what it thinks of it.
            }
        }
    }

    /** Ids are never in URLs. */
    @Override
    public String encodeURL(String url) {
        return url;
    }

    /** Ids are never in URLs. */
    @Override
    public String encodeRedirectURL(String url) {
        return url;
    }
}
