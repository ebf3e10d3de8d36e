package dev.larder.testkit.server;

/** The server answered with an error; the message is what it said, for example {@code NOAUTH Authentication required.} */
public final class RespException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Creates one with the words of the server. */
    public RespException(String message) {
        super(message);
    }

    /** Returns the first word of the message, which tells the kind of error: {@code ERR}, {@code MOVED}, {@code NOAUTH}. */
    public String code() {
        String message = String.valueOf(getMessage());
        int end = message.indexOf(' ');
        return end < 0 ? message : message.substring(0, end);
    }
}
