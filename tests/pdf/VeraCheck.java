import java.io.File;
import java.io.InputStream;
import java.util.TreeMap;
import java.util.logging.LogManager;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;
import org.verapdf.pdfa.validation.profiles.Profiles;
import org.verapdf.pdfa.validation.profiles.ValidationProfile;

/** Validates PDFs against one profile (PDFUA-1, PDFA-3A) in one start. For each file a line of tabs: file, rules checked, then each broken rule. */
public class VeraCheck {
  private static final String PROFILES = "org/verapdf/pdfa/validation/";

  public static void main(String[] arguments) throws Exception {
    PDFAFlavour flavour = arguments[0].equals("PDFA-3A") ? PDFAFlavour.PDFA_3_A : PDFAFlavour.PDFUA_1;
    String[] files = java.util.Arrays.copyOfRange(arguments, 1, arguments.length);
    LogManager.getLogManager().reset();
    VeraGreenfieldFoundryProvider.initialise();
    ValidationProfile profile;
    try (InputStream stream = VeraCheck.class.getClassLoader().getResourceAsStream(PROFILES + arguments[0] + ".xml")) {
      profile = Profiles.profileFromXml(stream);
    }
    for (String file : files) {
      try (PDFAParser parser = Foundries.defaultInstance().createParser(new File(file), flavour)) {
        report(file, Foundries.defaultInstance().createValidator(profile, false).validate(parser));
      }
    }
  }

  private static void report(String file, ValidationResult result) {
    TreeMap<String, String> broken = new TreeMap<>();
    for (TestAssertion test : result.getTestAssertions()) {
      if (test.getStatus() == TestAssertion.Status.FAILED) {
        String rule = test.getRuleId().getClause() + "-" + test.getRuleId().getTestNumber();
        broken.putIfAbsent(rule, rule + ": " + test.getMessage() + " @ " + test.getLocation().getContext());
      }
    }
    StringBuilder line = new StringBuilder(file + "\t" + result.getTotalAssertions());
    broken.values().forEach(rule -> line.append('\t').append(rule.replaceAll("\\s+", " ")));
    System.out.println(line);
  }
}
