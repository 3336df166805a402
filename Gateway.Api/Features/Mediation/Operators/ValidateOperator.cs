using Gateway.Configuration;
using Gateway.Features.Mediation.Json;
using Gateway.Features.Mediation.Plans;
using Gateway.Features.Mediation.Schemas;

namespace Gateway.Features.Mediation.Operators;

/// <summary>
/// Checks the body against a JSON Schema, draft-07.
/// <code>{ "Validate": { "type": "object", "required": [ "id" ] } }  { "Validate": { "File": "order.schema.json" } }</code>
/// Buffers. A request that doesn't fit is 422, with JSON pointers for the client; an answer that doesn't fit is 502, with the pointers in the
/// log only.
/// </summary>
internal sealed class ValidateOperator : Operator
{
    public override string Name => "Validate";

    public override Step? Compile(DocumentNode value, PlanOptions step, PlanScope scope)
    {
        if (value is not ObjectNode { Members: [{ Value: ScalarNode { Scalar: ScalarKind.String } file } only] } || !only.Name.Equals("File", StringComparison.OrdinalIgnoreCase))
            return new ValidateStep(SchemaCompiler.Compile(value, scope));

        var place = scope.Member("File", file);
        byte[] bytes;
        try
        {
            bytes = File.ReadAllBytes(Path.Combine(place.Folder, file.Text));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            place.Error(ProblemCodes.File, $"the schema '{file.Text}' can't be read: {e.GetType().Name}", "Names of files start from the folder of the configuration");
            return null;
        }
        var problems = new ProblemList();
        var root = DocumentParser.Parse(bytes, Path.Combine(place.Folder, file.Text), problems);
        foreach (var problem in problems) place.At(problem.Origin).Error(problem.Code, problem.Message, problem.Fix);
        return root is null ? null : new ValidateStep(SchemaCompiler.Compile(root, place));
    }

    private sealed class ValidateStep(Schema schema) : ImmediateStep
    {
        public override bool KeepsShape => true;

        protected override JsonValue Apply(JsonValue body, Execution execution)
        {
            var details = schema.Validate(body);
            if (details.Count == 0) return body;
            throw new MediationFailure(MediationFault.Unprocessable, "The body doesn't fit its schema") { Pointer = details[0].Pointer, Details = details };
        }
    }
}
