package dev.larder.servlet;

/** Whether a browser sends the cookie with requests that another site caused. */
public enum SameSite {
    /** Never, not even when a link is followed. */
    STRICT("Strict"),
    /** Only when a link is followed, not with forms, frames and images of other sites. */
    LAX("Lax"),
    /** Always; browsers want such a cookie to be Secure. */
    NONE("None");

    private final String attribute;

    SameSite(String attribute) {
        this.attribute = attribute;
    }

    String attribute() {
        return attribute;
    }
}
