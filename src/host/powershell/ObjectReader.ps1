# Makes objects from JSON by the hundred. Script would take five times as long as ConvertFrom-Json does, so this is a
# function of .NET, put together from expressions and compiled when it is first needed.

# Gives a delegate for an array of values in wire form. It makes the texts, and the objects whose properties are texts,
# numbers, truth values and nulls, with their type names; it leaves null for any other and adds its index to the list.
function New-ObjectReader {
    $E = [System.Linq.Expressions.Expression]
    $json = [System.Text.Json.JsonElement]
    $values = $E::Parameter($json, 'values')
    $others = $E::Parameter([System.Collections.Generic.List[int]], 'others')
    $objects = $E::Variable([object[]], 'objects')
    $index = $E::Variable([int], 'index')
    $elements = $E::Variable([System.Text.Json.JsonElement+ArrayEnumerator], 'elements')
    $element = $E::Variable($json, 'element')
    $size = $E::Variable([int], 'size')
    $kind = $E::Property($element, 'ValueKind')
    $isOf = { param($what, [System.Text.Json.JsonValueKind] $kind) $E::Equal($what, $E::Constant($kind)) }

    $object = $E::Block([System.Linq.Expressions.Expression[]] @(
            $E::IfThenElse((& $isOf $kind 'Object'), (New-PropertyReader $element $objects $index $others $size),
                $E::IfThenElse((& $isOf $kind 'String'),
                    $E::Assign($E::ArrayAccess($objects, $index), $E::Call($element, 'GetString', $null)),
                    $E::Call($others, 'Add', $null, $index)))
            $E::PreIncrementAssign($index)))
    $end = $E::Label('end')
    $next = $E::Block([System.Linq.Expressions.Expression[]] @($E::Assign($element, $E::Property($elements, 'Current')), $object))
    $body = [System.Linq.Expressions.Expression[]] @(
        $E::Assign($objects, $E::NewArrayBounds([object], $E::Call($values, 'GetArrayLength', $null)))
        $E::Assign($elements, $E::Call($values, 'EnumerateArray', $null))
        $E::Loop($E::IfThenElse($E::Call($elements, 'MoveNext', $null), $next, $E::Break($end)), $end)
        $objects
    )
    $variables = [System.Linq.Expressions.ParameterExpression[]] @($objects, $index, $elements, $element, $size)
    $type = [System.Func[System.Text.Json.JsonElement, System.Collections.Generic.List[int], object[]]]
    $E::Lambda($type, $E::Block($variables, $body), [System.Linq.Expressions.ParameterExpression[]] @($values, $others)).Compile()
}

# Gives the expression that makes one object, or adds its index to the list of the others. The object begins with room for
# as many properties as the one before it had.
function New-PropertyReader {
    param($Element, $Objects, $Index, $Others, $Size)

    $E = [System.Linq.Expressions.Expression]
    $json = [System.Text.Json.JsonElement]
    $source = $E::Variable($json, 'source')
    $tag = $E::Variable($json, 'tag')
    $typeName = $E::Variable([string], 'typeName')
    $object = $E::Variable([psobject], 'object')
    $properties = $E::Variable([System.Text.Json.JsonElement+ObjectEnumerator], 'properties')
    $property = $E::Variable([System.Text.Json.JsonProperty], 'property')
    $value = $E::Variable($json, 'value')
    $whole = $E::Variable([int], 'whole')
    $long = $E::Variable([long], 'long')
    $content = $E::Variable([object], 'content')
    $end = $E::Label('end')
    $member = { param([string] $name) $E::Call($Element, 'GetProperty', $null, $E::Constant($name)) }
    $boxed = { param($what) $E::Convert($what, [object]) }
    $block = { param($variables, $lines)
        $E::Block([System.Linq.Expressions.ParameterExpression[]] $variables, [System.Linq.Expressions.Expression[]] $lines)
    }
    $leave = & $block @() @($E::Call($Others, 'Add', $null, $Index), $E::Break($end))
    $case = { param([System.Text.Json.JsonValueKind] $kind, $what)
        $E::SwitchCase($E::Assign($content, (& $boxed $what)), [System.Linq.Expressions.Expression[]] @($E::Constant($kind)))
    }

    # As in ConvertFrom-WireNumber.
    $isExact = $E::AndAlso($E::LessThanOrEqual($long, $E::Constant(9007199254740991L)), $E::GreaterThanOrEqual($long, $E::Constant(-9007199254740991L)))
    $isLong = $E::AndAlso($E::Call($value, 'TryGetInt64', $null, $long), $isExact)
    $number = $E::Condition($E::Call($value, 'TryGetInt32', $null, $whole), (& $boxed $whole),
        $E::Condition($isLong, (& $boxed $long), (& $boxed $E::Call($value, 'GetDouble', $null))))
    $otherKinds = & $block @() @($leave, $E::Constant($null, [object]))
    $cases = [System.Linq.Expressions.SwitchCase[]] @(
        & $case 'String' $E::Call($value, 'GetString', $null)
        & $case 'Number' $number
        & $case 'True' $E::Constant($true)
        & $case 'False' $E::Constant($false)
        & $case 'Null' $E::Constant($null, [object])
    )
    # Names are known to be good and different: the core has seen to that.
    $note = New-ConstructorCall ([psnoteproperty]) @([string], [object]) @($E::Property($property, 'Name'), $content)
    $add = $E::Call($E::Property($object, 'Properties'), 'Add', $null, $E::Convert($note, [System.Management.Automation.PSPropertyInfo]), $E::Constant($true))
    $next = & $block @() @(
        $E::Assign($property, $E::Property($properties, 'Current'))
        $E::Assign($value, $E::Property($property, 'Value'))
        $E::Switch($E::Property($value, 'ValueKind'), $otherKinds, $cases)
        $add
        $E::PreIncrementAssign($Size)
    )
    $done = & $block @() @($E::Assign($E::ArrayAccess($Objects, $Index), $object), $E::Break($end))
    $isPSObject = $E::AndAlso($E::Equal($E::Property($tag, 'ValueKind'), $E::Constant([System.Text.Json.JsonValueKind]::String)),
        $E::Call($tag, 'ValueEquals', $null, $E::Constant('PSObject')))
    $unwrap = & $block @() @(
        $E::Assign($source, (& $member 'properties'))
        $E::Assign($typeName, $E::Call((& $member '$typeName'), 'GetString', $null))
        $E::IfThen($E::NotEqual($typeName, $E::Constant('')),
            $E::Call($E::Property($object, 'TypeNames'), 'Insert', $null, $E::Constant(0), $typeName))
    )
    $loop = $E::Loop($E::IfThenElse($E::Call($properties, 'MoveNext', $null), $next, $done), $end)
    $read = & $block @() @($E::Assign($properties, $E::Call($source, 'EnumerateObject', $null)), $loop)
    & $block @($source, $tag, $typeName, $object, $properties, $property, $value, $whole, $long, $content) @(
        $E::Assign($object, (New-ConstructorCall ([psobject]) @([int]) @($Size)))
        $E::Assign($Size, $E::Constant(0))
        $E::Assign($source, $Element)
        $E::IfThenElse($E::Call($Element, 'TryGetProperty', $null, $E::Constant('$type'), $tag),
            $E::IfThenElse($isPSObject, (& $block @() @($unwrap, $read)), $E::Call($Others, 'Add', $null, $Index)),
            $read)
    )
}

# Expression.New, which PowerShell takes for a constructor of Expression itself.
function New-ConstructorCall {
    param([type] $Type, [type[]] $Types = @(), [System.Linq.Expressions.Expression[]] $Arguments = @())

    $method = [System.Linq.Expressions.Expression].GetMethod('New', [type[]] @([System.Reflection.ConstructorInfo], [System.Linq.Expressions.Expression[]]))
    $method.Invoke($null, @($Type.GetConstructor($Types), $Arguments))
}
