package dev.larder.testkit.server;

import java.nio.file.Path;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Signs certificates, and is trusted by whoever trusts its own. */
final class CertificateAuthority {

    private final String name;
    private final Keytool keytool;
    private final Certificate certificate;

    CertificateAuthority(String name, Path folder, String password) {
        this.name = name;
        this.keytool = new Keytool(folder.resolve(name + ".p12"), password);
        this.certificate = keytool.generate(name, "-ext", "bc:c", "-ext", "ku:c=keyCertSign")
                .chain()
                .get(0);
    }

    Certificate certificate() {
        return certificate;
    }

    /**
     * Makes a key and signs its certificate.
     *
     * @param options of keytool, for example what the certificate is good for
     */
    KeyAndChain issue(String subject, String... options) {
        List<String> all = new ArrayList<>(List.of("-signer", name));
        all.addAll(Arrays.asList(options));
        return keytool.generate(subject, all.toArray(new String[0]));
    }
}
